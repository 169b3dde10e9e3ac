package dev.atlex.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.feed.Post;
import com.atproto.repo.CreateRecord;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Tests that published modules use no reflection beyond a few listed exceptions. All other modules work without
 * configuration in native images, without keep rules in shrinkers, and without opened packages.
 */
class ReflectionTest {
    private static final Pattern REFLECTION = Pattern.compile(String.join(
            "|",
            "java\\.lang\\.reflect\\..*",
            "java\\.lang\\.Class\\.(forName|newInstance|get(Declared)?(Class|Constructor|Field|Method)(e?s)?|getRecordComponents|getEnumConstants)",
            "java\\.lang\\.ClassLoader\\.(loadClass|defineClass)",
            "java\\.lang\\.invoke\\.MethodHandles\\$Lookup\\.(find|unreflect|define|reveal).*",
            "java\\.lang\\.invoke\\.MethodHandles\\.privateLookupIn",
            "java\\.util\\.concurrent\\.atomic\\.Atomic.*FieldUpdater",
            "java\\.util\\.ServiceLoader",
            "java\\.io\\.Object(In|Out)putStream",
            "java\\.beans\\..*",
            "(sun\\.misc|jdk\\.internal\\.misc)\\.Unsafe"));

    /** The classes that may use reflection, each with the reason. */
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "Finds atlex-images, which is optional. Native images support service loaders without configuration.",
            Set.of("dev.atlex.bluesky.internal.image.ImagePreparer: java.util.ServiceLoader"),
            "Finds atlex-streams-zstd, which is optional. Native images support service loaders without configuration.",
            Set.of("dev.atlex.streams.internal.zstd.ZstdSockets: java.util.ServiceLoader"),
            "A test kit: creates the store under test in another process.",
            Set.of(
                    "dev.atlex.session.tck.ChildJvm: java.lang.Class.forName",
                    "dev.atlex.session.tck.ChildJvm: java.lang.Class.getDeclaredConstructor",
                    "dev.atlex.session.tck.ChildJvm: java.lang.reflect.Constructor",
                    "dev.atlex.session.tck.ChildJvm: java.lang.reflect.Constructor.newInstance"),
            "Jackson 2 passes only the class to read, and the codec is a constant of that class.",
            Set.of(
                    "dev.atlex.jackson2.TypeCodecs: java.lang.Class.getField",
                    "dev.atlex.jackson2.TypeCodecs: java.lang.reflect.Field",
                    "dev.atlex.jackson2.TypeCodecs: java.lang.reflect.Field.get",
                    "dev.atlex.jackson2.TypeCodecs: java.lang.reflect.Field.getModifiers",
                    "dev.atlex.jackson2.TypeCodecs: java.lang.reflect.Field.getType",
                    "dev.atlex.jackson2.TypeCodecs: java.lang.reflect.Modifier",
                    "dev.atlex.jackson2.TypeCodecs: java.lang.reflect.Modifier.isStatic"),
            "Jackson 3 passes only the class to read, and the codec is a constant of that class.",
            Set.of(
                    "dev.atlex.jackson3.TypeCodecs: java.lang.Class.getField",
                    "dev.atlex.jackson3.TypeCodecs: java.lang.reflect.Field",
                    "dev.atlex.jackson3.TypeCodecs: java.lang.reflect.Field.get",
                    "dev.atlex.jackson3.TypeCodecs: java.lang.reflect.Field.getModifiers",
                    "dev.atlex.jackson3.TypeCodecs: java.lang.reflect.Field.getType",
                    "dev.atlex.jackson3.TypeCodecs: java.lang.reflect.Modifier",
                    "dev.atlex.jackson3.TypeCodecs: java.lang.reflect.Modifier.isStatic"),
            "Spring passes the parameters of controller methods as reflection objects, and Spring 6 doesn't see JSpecify's annotations.",
            Set.of(
                    "dev.atlex.spring.oauth.SignedInArguments: java.lang.reflect.AnnotatedType",
                    "dev.atlex.spring.oauth.SignedInArguments: java.lang.reflect.AnnotatedType.getAnnotations",
                    "dev.atlex.spring.oauth.SignedInArguments: java.lang.reflect.Executable",
                    "dev.atlex.spring.oauth.SignedInArguments: java.lang.reflect.Executable.getAnnotatedParameterTypes"),
            "JUnit passes the parameters of test methods as reflection objects.",
            Set.of(
                    "dev.atlex.testkit.LocalPdsExtension: java.lang.reflect.Parameter",
                    "dev.atlex.testkit.LocalPdsExtension: java.lang.reflect.Parameter.getType"),
            "A test kit for Java 17: uses virtual threads if the JDK has them.",
            Set.of(
                    "dev.atlex.session.tck.LeaseTck: java.lang.Class.getMethod",
                    "dev.atlex.session.tck.LeaseTck: java.lang.reflect.InvocationTargetException",
                    "dev.atlex.session.tck.LeaseTck: java.lang.reflect.Method",
                    "dev.atlex.session.tck.LeaseTck: java.lang.reflect.Method.invoke"));

    @Test
    void publishedModulesUseNoReflection() {
        Set<String> found = new TreeSet<>();
        int classes = 0;
        for (Path location : locations()) {
            Map<String, Set<String>> all = ClassReferences.in(location);
            classes += all.size();
            all.forEach((name, references) -> found.addAll(reflective(name, references)));
        }
        assertThat(classes).isGreaterThan(3000);
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(
                        ALLOWED.values().stream().flatMap(Set::stream).toList());
    }

    @Test
    void reflectionIsFound() throws IOException {
        assertThat(reflective("Sample", references(Sample.class)))
                .containsExactly(
                        "Sample: java.lang.Class.forName",
                        "Sample: java.lang.Class.getDeclaredMethods",
                        "Sample: java.lang.reflect.Method",
                        "Sample: java.lang.reflect.Method.setAccessible");
    }

    @Test
    void ordinaryClassesAreAccepted() throws IOException {
        assertThat(reflective("Ordinary", references(Ordinary.class))).isEmpty();
    }

    private static Set<String> reflective(String name, Set<String> references) {
        Set<String> found = new TreeSet<>();
        for (String reference : references) {
            if (REFLECTION.matcher(reference).matches()) {
                found.add(name + ": " + reference);
            }
        }
        return found;
    }

    private static Set<Path> locations() {
        Set<Path> locations = new LinkedHashSet<>(Modules.all().values());
        locations.add(Modules.location(CreateRecord.class));
        locations.add(Modules.location(Post.class));
        return locations;
    }

    private static Set<String> references(Class<?> type) throws IOException {
        String name = type.getName();
        try (InputStream in = type.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
            return ClassReferences.of(in.readAllBytes());
        }
    }

    /** Uses reflection. */
    static final class Sample {
        static Object find(String name) throws ReflectiveOperationException {
            for (Method method : Class.forName(name).getDeclaredMethods()) {
                method.setAccessible(true);
            }
            return name;
        }
    }

    /** Has the methods that the compiler generates with {@code MethodHandles.Lookup}. */
    record Ordinary(String name, long weight) {
        Runnable printer() {
            return () -> System.out.println(name + weight);
        }
    }
}
