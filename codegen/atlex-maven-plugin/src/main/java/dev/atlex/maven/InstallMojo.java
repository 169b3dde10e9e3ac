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
 * Installs Lexicon documents from the network, with everything they refer to, and pins them in
 * <code>lexicons.json</code>.
 *
 * <p>Run it manually and commit the results: <code>mvn atlex:install -Datlex.add=com.example.thing</code>.
 */
@Mojo(name = "install", threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the required parameters.
public final class InstallMojo extends AbstractMojo {
    /** The folder to write documents to. */
    @Parameter(property = "atlex.lexicons", defaultValue = "${project.basedir}/src/main/lexicons", required = true)
    File lexicons;

    /** The file that pins the documents. */
    @Parameter(property = "atlex.manifest", defaultValue = "${project.basedir}/lexicons.json", required = true)
    File manifest;

    /**
     * Documents to install in addition to those in the manifest: NSIDs, or <code>at://</code> URIs of records. By
     * default, there are none: only missing pinned documents are fetched.
     */
    @Parameter(property = "atlex.add")
    @Nullable
    List<String> add;

    /** Fetch all documents again and pin their current versions. */
    @Parameter(property = "atlex.update", defaultValue = "false")
    boolean update;

    /** Only check that the documents match the manifest. Missing documents are fetched; the manifest isn't changed. */
    @Parameter(property = "atlex.ci", defaultValue = "false")
    boolean ci;

    /** The maximum number of documents that are fetched because other documents refer to them. */
    @Parameter(property = "atlex.maxDocuments", defaultValue = "1000")
    int maxDocuments = InstallLimits.DEFAULTS.maxDocuments();

    /** The maximum total size of the fetched documents in bytes of DAG-CBOR. */
    @Parameter(property = "atlex.maxBytes", defaultValue = "67108864")
    long maxBytes = InstallLimits.DEFAULTS.maxBytes();

    /** The maximum length of a chain of references. */
    @Parameter(property = "atlex.maxDepth", defaultValue = "100")
    int maxDepth = InstallLimits.DEFAULTS.maxDepth();

    /** The network, replaced in tests; null for the real one. */
    @Nullable
    LexiconNetwork network;

    @Override
    public void execute() throws MojoFailureException {
        List<String> additions = add == null ? List.of() : add;
        if (ci && (update || !additions.isEmpty())) {
            throw new MojoFailureException("atlex.ci can't be combined with atlex.update or atlex.add");
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
            result.fetched().forEach(nsid -> getLog().info("Fetched " + nsid));
            getLog().info(result.manifest().resolutions().size() + " lexicons match " + manifest);
        } catch (LexException | IllegalArgumentException e) {
            throw new MojoFailureException(e.getMessage(), e);
        }
    }
}
