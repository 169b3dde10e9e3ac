package dev.atlex.cli.lexicon;

import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.IdentityOptions;
import dev.atlex.cli.runtime.Options;
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
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/** Downloads Lexicon documents and pins them in a manifest. */
public final class Install implements Command {
    private final CommandContext context;
    private List<String> additions = new ArrayList<>();
    private boolean ci;
    private boolean update;
    private Path lexicons = Path.of("lexicons");
    private Path manifest = Path.of("lexicons.json");
    private int maxDocuments = InstallLimits.DEFAULTS.maxDocuments();
    private long maxBytes = InstallLimits.DEFAULTS.maxBytes();
    private int maxDepth = InstallLimits.DEFAULTS.maxDepth();
    private final IdentityOptions identity = new IdentityOptions();

    /** Creates the command. */
    public Install(CommandContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return CommandBuilder.of("install", this)
                .description(
                        "Download Lexicon documents and the documents that they refer to, and pin them in a manifest.",
                        "Each document comes from the account that DNS names as its authority. Documents already in the folder "
                                + "are not downloaded again. Nothing is written unless all documents are downloaded and valid.",
                        "Prints a summary as JSON: {\"fetched\":[NSID],\"pinned\":number}. On a terminal, also prints each "
                                + "document as it is requested.")
                .examples(
                        "atlex install com.example.entry com.example.getEntries",
                        "atlex install --ci --lexicons src/main/lexicons --manifest lexicons.json")
                .add(Options.arguments(
                        0,
                        "NSID|URI",
                        "Documents to add to the manifest, as NSIDs or at:// URIs of their records.",
                        values -> additions = values))
                .add(Options.flag(
                        "--ci",
                        "Fail if the documents in the folder differ from the manifest. Download missing ones, and "
                                + "leave the manifest unchanged.",
                        value -> ci = value))
                .add(Options.flag(
                        "--update",
                        "Download all documents again and pin their current versions.",
                        value -> update = value))
                .add(Options.value(
                        "--lexicons",
                        "DIR",
                        "Folder for the documents. Default: lexicons.",
                        Path.class,
                        value -> lexicons = value))
                .add(Options.value(
                        "--manifest",
                        "FILE",
                        "Manifest file. Default: lexicons.json.",
                        Path.class,
                        value -> manifest = value))
                .add(Options.value(
                        "--max-documents",
                        "N",
                        "Fetch at most N documents that other documents refer to. Default: 1000.",
                        int.class,
                        value -> maxDocuments = value))
                .add(Options.value(
                        "--max-bytes",
                        "N",
                        "Fetch at most N bytes of documents in total. Default: 67108864.",
                        long.class,
                        value -> maxBytes = value))
                .add(Options.value(
                        "--max-depth",
                        "N",
                        "Follow chains of at most N references. Default: 100.",
                        int.class,
                        value -> maxDepth = value))
                .add(identity)
                .build();
    }

    @Override
    public Integer call() {
        if (ci && (update || !additions.isEmpty())) {
            throw Failure.usage("--ci can't be combined with documents or --update");
        }
        IdentityResolver resolver = identity.resolver(context);
        LexiconNetwork network =
                new LexiconNetwork(resolver::lexiconAuthority, did -> server(resolver, did), resolver.transport());
        LexiconInstaller.Result result = run(new LexiconInstaller(network, lexicons, manifest, progress(), limits()));
        context.print(LexMap.builder()
                .put(
                        "fetched",
                        LexValue.of(result.fetched().stream()
                                .map(nsid -> LexValue.of(nsid.toString()))
                                .toList()))
                .put("pinned", result.manifest().resolutions().size())
                .build());
        return 0;
    }

    private InstallLimits limits() {
        try {
            return InstallLimits.of(limits ->
                    limits.maxDocuments(maxDocuments).maxBytes(maxBytes).maxDepth(maxDepth));
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--max-documents, --max-bytes, --max-depth: expected a number of at least 1");
        }
    }

    /** Returns a listener that prints each document on a terminal. Programs only get the result. */
    private Consumer<Nsid> progress() {
        return context.environment().terminal().get() == null
                ? nsid -> {}
                : nsid -> context.environment().err().println("fetching " + nsid);
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

    /** Returns the account's server. The handle isn't needed, so it isn't verified. */
    private static URI server(IdentityResolver resolver, Did did) {
        URI pds = resolver.document(did).pds();
        if (pds == null) {
            throw new Failure(
                    Failure.REFUSED,
                    "InvalidDidDocument",
                    "the DID document of " + did + " has no valid PDS endpoint",
                    null);
        }
        return pds;
    }
}
