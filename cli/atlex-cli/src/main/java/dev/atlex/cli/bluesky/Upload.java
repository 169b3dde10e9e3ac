package dev.atlex.cli.bluesky;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.InputFile;
import dev.atlex.cli.session.AccountOption;
import dev.atlex.cli.session.StoredSession;
import dev.atlex.client.CallOptions;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.data.BlobRef;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Uploads a file as a blob. */
@Command(
        name = "upload",
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        description = {
            "Upload a file unchanged and print its blob, for use in a record.",
            "Servers delete a blob after some hours if no record references it. To post an image, use atlex post "
                    + "--image: it removes metadata such as the location."
        },
        footer = {"", "Examples:", "  atlex upload photo.jpg", "  atlex upload --encoding text/vtt captions.vtt"})
public final class Upload implements Callable<Integer> {
    private static final int MAX_STDIN_BYTES = 256 << 20;

    private final CommandContext context;

    @Parameters(paramLabel = "FILE|-", description = "File to upload. - reads stdin.")
    private String file = "";

    @Option(
            names = "--encoding",
            paramLabel = "TYPE",
            description = "Media type. Default: detected from the content or the file name.")
    private @Nullable String encoding;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "Time limit for the upload. Default: 600.")
    private int timeout = 600;

    @Mixin
    private AccountOption account = new AccountOption();

    /** Creates the command. */
    public Upload(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (timeout < 1) {
            throw Failure.usage("--timeout: expected a positive number of seconds (got " + timeout + ")");
        }
        CallOptions.Builder options = CallOptions.builder().timeout(Duration.ofSeconds(timeout));
        if (encoding != null) {
            options.encoding(encoding);
        }
        RequestBody body = new InputFile(context.environment(), file).body(MAX_STDIN_BYTES);
        BlobRef blob = StoredSession.open(context, account).use(options.build(), client -> client.uploadBlob(body));
        context.show(blob.toLexMap());
        return 0;
    }
}
