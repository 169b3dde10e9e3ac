package dev.atlex.cli.bluesky;

import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.InputFile;
import dev.atlex.cli.runtime.Options;
import dev.atlex.cli.session.AccountOption;
import dev.atlex.cli.session.StoredSession;
import dev.atlex.client.CallOptions;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.data.BlobRef;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Uploads a file as a blob. */
public final class Upload implements Command {
    private static final int MAX_STDIN_BYTES = 256 << 20;

    private final CommandContext context;
    private String file = "";
    private @Nullable String encoding;
    private int timeout = 600;
    private final AccountOption account = new AccountOption();

    /** Creates the command. */
    public Upload(CommandContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return CommandBuilder.of("upload", this)
                .description(
                        "Upload a file unchanged and print its blob, for use in a record.",
                        "Servers delete a blob within hours unless a record references it. To post an image, "
                                + "use atlex post --image, which removes metadata such as the location.")
                .examples("atlex upload photo.jpg", "atlex upload --encoding text/vtt captions.vtt")
                .add(Options.argument("FILE|-", "File to upload. - reads stdin.", value -> file = value))
                .add(Options.text(
                        "--encoding",
                        "TYPE",
                        "Media type. Default: detected from the content or the file name.",
                        value -> encoding = value))
                .add(Options.value(
                        "--timeout",
                        "SECONDS",
                        "Time limit for the upload. Default: 600.",
                        int.class,
                        value -> timeout = value))
                .add(account)
                .build();
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
