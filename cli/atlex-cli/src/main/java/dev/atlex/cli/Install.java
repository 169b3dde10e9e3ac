package dev.atlex.cli;

import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.installer.InstallLimits;
import dev.atlex.installer.LexiconInstaller;
import dev.atlex.installer.LexiconNetwork;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Nsid;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "install",
        mixinStandardHelpOptions = true,
        description = {
            "Gets Lexicon documents, and all that they refer to, into a folder, and pins them in a manifest.",
            "Each is asked for where the DNS says that its authority publishes. Documents that are there already are "
                    + "used as they are. Nothing is written unless all are got and checked.",
            "Prints what was done as JSON: {\"fetched\":[NSID],\"pinned\":number}; on a terminal, also each document as it "
                    + "is asked for."
        })
final class Install implements Callable<Integer> {
    private final Atlex atlex;

    @Parameters(
            arity = "0..*",
            paramLabel = "NSID|URI",
            description = "Documents beside those that the manifest names, or the at:// URIs of their records.")
    private List<String> additions = new ArrayList<>();

    @Option(
            names = "--ci",
            description =
                    "Fails unless the folder's documents are those that the manifest pins; gets what is missing, and "
                            + "leaves the manifest as it is.")
    private boolean ci;

    @Option(names = "--update", description = "Gets all anew, and pins them as they are now.")
    private boolean update;

    @Option(names = "--lexicons", paramLabel = "DIR", description = "The folder; by default lexicons.")
    private Path lexicons = Path.of("lexicons");

    @Option(names = "--manifest", paramLabel = "FILE", description = "The manifest; by default lexicons.json.")
    private Path manifest = Path.of("lexicons.json");

    @Option(
            names = "--max-documents",
            paramLabel = "N",
            description = "Fetch at most N documents because others refer to them. Default: 1000.")
    private int maxDocuments = InstallLimits.DEFAULTS.maxDocuments();

    @Option(
            names = "--max-bytes",
            paramLabel = "N",
            description = "Fetch documents of at most N bytes together. Default: 67108864.")
    private long maxBytes = InstallLimits.DEFAULTS.maxBytes();

    @Option(
            names = "--max-depth",
            paramLabel = "N",
            description = "Follow at most N references in a row. Default: 100.")
    private int maxDepth = InstallLimits.DEFAULTS.maxDepth();

    @Mixin
    private IdentityOptions identity = new IdentityOptions();

    Install(Atlex atlex) {
        this.atlex = atlex;
    }

    @Override
    public Integer call() {
        if (ci && (update || !additions.isEmpty())) {
            throw Failure.usage("--ci changes nothing: it takes neither documents nor --update");
        }
        IdentityResolver resolver = identity.resolver(atlex);
        LexiconNetwork network =
                new LexiconNetwork(resolver::lexiconAuthority, did -> server(resolver, did), resolver.transport());
        LexiconInstaller.Result done = run(new LexiconInstaller(network, lexicons, manifest, progress(), limits()));
        atlex.print(LexMap.builder()
                .put(
                        "fetched",
                        LexValue.of(done.fetched().stream()
                                .map(nsid -> LexValue.of(nsid.toString()))
                                .toList()))
                .put("pinned", done.manifest().resolutions().size())
                .build());
        return 0;
    }

    private InstallLimits limits() {
        try {
            return InstallLimits.of(limits ->
                    limits.maxDocuments(maxDocuments).maxBytes(maxBytes).maxDepth(maxDepth));
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--max-documents, --max-bytes and --max-depth take a number of at least 1");
        }
    }

    /** A line for each document where a person watches; programs want the result alone. */
    private Consumer<Nsid> progress() {
        return atlex.world().terminal().get() == null
                ? nsid -> {}
                : nsid -> atlex.world().err().println("getting " + nsid);
    }

    private LexiconInstaller.Result run(LexiconInstaller installer) {
        try {
            if (ci) {
                return installer.verify();
            }
            return update ? installer.update(additions) : installer.install(additions);
        } catch (IllegalArgumentException | InvalidSyntaxException e) {
            throw Failure.input(String.valueOf(e.getMessage()));
        }
    }

    /** Without a look at the handle, which does not matter here. */
    private static URI server(IdentityResolver resolver, Did did) {
        URI pds = resolver.document(did).pds();
        if (pds == null) {
            throw new Failure(
                    Failure.REFUSED, "InvalidDidDocument", "the document of " + did + " names no usable server", null);
        }
        return pds;
    }
}
