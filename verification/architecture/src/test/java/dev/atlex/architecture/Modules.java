package dev.atlex.architecture;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.client.Client;
import dev.atlex.codegen.CodeGenerator;
import dev.atlex.crypto.Jws;
import dev.atlex.data.LexValue;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.images.ImageIoFitter;
import dev.atlex.installer.LexiconInstaller;
import dev.atlex.micrometer.SessionMetrics;
import dev.atlex.oauth.ClientKeys;
import dev.atlex.repo.Mst;
import dev.atlex.schema.LexObject;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.postgres.PostgresSessionStore;
import dev.atlex.session.tck.SessionStoreTck;
import dev.atlex.spring.AtlexProperties;
import dev.atlex.spring.oauth.AtlexOAuthProperties;
import dev.atlex.spring.test.AutoConfigureLocalPds;
import dev.atlex.streams.EventStream;
import dev.atlex.streams.zstd.ZstdJniProvider;
import dev.atlex.testkit.LocalPds;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The published modules with handwritten sources. Each is found by one of its classes. */
final class Modules {
    private static final Set<Class<?>> CLASSES = Set.of(
            LexValue.class,
            LexObject.class,
            Jws.class,
            Mst.class,
            Client.class,
            IdentityResolver.class,
            PasswordSession.class,
            ClientKeys.class,
            EventStream.class,
            ZstdJniProvider.class,
            Bluesky.class,
            ImageIoFitter.class,
            SessionStoreTck.class,
            PostgresSessionStore.class,
            SessionMetrics.class,
            dev.atlex.jackson2.AtlexModule.class,
            dev.atlex.jackson3.AtlexModule.class,
            CodeGenerator.class,
            LexiconInstaller.class,
            LocalPds.class);

    /** One class from each package of the modules without a descriptor. The shortest package names the module. */
    private static final Set<Class<?>> WITHOUT_DESCRIPTOR = Set.of(
            AtlexProperties.class,
            AtlexOAuthProperties.class,
            dev.atlex.spring.boot3.AtlexHealthAutoConfiguration.class,
            dev.atlex.spring.boot4.AtlexHealthAutoConfiguration.class,
            AutoConfigureLocalPds.class);

    private Modules() {}

    /** Returns the module names with their jars or folders of classes. */
    static Map<ModuleDescriptor, Path> all() {
        Map<ModuleDescriptor, Path> all = new TreeMap<>();
        for (Class<?> one : CLASSES) {
            Path location = location(one);
            all.put(ModuleFinder.of(location).findAll().iterator().next().descriptor(), location);
        }
        Map<Path, TreeSet<String>> packages = new TreeMap<>();
        for (Class<?> one : WITHOUT_DESCRIPTOR) {
            packages.computeIfAbsent(location(one), location -> new TreeSet<>()).add(one.getPackageName());
        }
        packages.forEach((location, names) -> {
            ModuleDescriptor.Builder module = ModuleDescriptor.newModule(names.first());
            names.forEach(module::exports);
            all.put(module.build(), location);
        });
        return all;
    }

    /** Returns the packages that a module exports to everyone. */
    static Set<String> exports(ModuleDescriptor module) {
        Set<String> exports = new TreeSet<>();
        for (ModuleDescriptor.Exports one : module.exports()) {
            if (!one.isQualified()) {
                exports.add(one.source());
            }
        }
        return exports;
    }

    static Path location(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
