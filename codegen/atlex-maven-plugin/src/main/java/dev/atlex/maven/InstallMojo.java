package dev.atlex.maven;

import dev.atlex.data.LexException;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.installer.InstallLimits;
import dev.atlex.installer.LexiconInstaller;
import dev.atlex.installer.LexiconNetwork;
import java.io.File;
import java.util.List;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Gets Lexicon documents of others, and all that they refer to, from the network into the project, and pins them in
 * <code>lexicons.json</code>. Run by hand, and its results committed:
 * <code>mvn atlex:install -Datlex.add=com.example.thing</code>.
 */
@Mojo(name = "install", threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets what is required.
public final class InstallMojo extends AbstractMojo {
    /** The folder that the documents are written to. */
    @Parameter(property = "atlex.lexicons", defaultValue = "${project.basedir}/src/main/lexicons", required = true)
    File lexicons;

    /** The file that pins them. */
    @Parameter(property = "atlex.manifest", defaultValue = "${project.basedir}/lexicons.json", required = true)
    File manifest;

    /**
     * What is wanted beside what the manifest names: NSIDs, or <code>at://</code> URIs of records. By default nothing: what
     * is pinned and missing is got.
     */
    @Parameter(property = "atlex.add")
    @Nullable
    List<String> add;

    /** Whether to get all anew, and pin it as it is now. */
    @Parameter(property = "atlex.update", defaultValue = "false")
    boolean update;

    /** Whether to only check that the documents are those that are pinned, and get the missing ones. */
    @Parameter(property = "atlex.ci", defaultValue = "false")
    boolean ci;

    /** How many documents are fetched at most because others refer to them. */
    @Parameter(property = "atlex.maxDocuments", defaultValue = "1000")
    int maxDocuments = InstallLimits.DEFAULTS.maxDocuments();

    /** How many bytes all fetched documents have together at most. */
    @Parameter(property = "atlex.maxBytes", defaultValue = "67108864")
    long maxBytes = InstallLimits.DEFAULTS.maxBytes();

    /** How many references in a row are followed at most. */
    @Parameter(property = "atlex.maxDepth", defaultValue = "100")
    int maxDepth = InstallLimits.DEFAULTS.maxDepth();

    /** Whom to ask; null for the real network. */
    @Nullable
    LexiconNetwork network;

    @Override
    public void execute() throws MojoFailureException {
        List<String> additions = add == null ? List.of() : add;
        if (ci && (update || !additions.isEmpty())) {
            throw new MojoFailureException("atlex.ci only checks: it can't go with atlex.update or atlex.add");
        }
        try {
            LexiconInstaller installer = new LexiconInstaller(
                    network == null ? LexiconNetwork.of(IdentityResolver.create()) : network,
                    lexicons.toPath(),
                    manifest.toPath(),
                    nsid -> {},
                    InstallLimits.of(limits ->
                            limits.maxDocuments(maxDocuments).maxBytes(maxBytes).maxDepth(maxDepth)));
            LexiconInstaller.Result result =
                    ci ? installer.verify() : update ? installer.update(additions) : installer.install(additions);
            result.fetched().forEach(nsid -> getLog().info("Got " + nsid));
            getLog().info(result.manifest().resolutions().size() + " lexicons are as " + manifest + " pins them");
        } catch (LexException | IllegalArgumentException e) {
            throw new MojoFailureException(e.getMessage(), e);
        }
    }
}
