package dev.atlex.cli;

import dev.atlex.client.Agent;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.syntax.Nsid;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "call",
        mixinStandardHelpOptions = true,
        description = {
            "Calls any method.",
            "Prints what it answers: JSON on a line, as the server sent it, once it is checked against the method's "
                    + "document; other media types byte for byte; nothing where the method has no answer."
        })
final class CallMethod implements Callable<Integer> {

    private final Atlex atlex;

    @Parameters(index = "0", paramLabel = "NSID", description = "The method: app.bsky.actor.getProfile")
    private String nsid = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "name=value",
            description = "Parameters of the URL, checked before they are sent; of an array, one for each element.")
    private List<String> parameters = new ArrayList<>();

    @Option(names = "--input", paramLabel = "FILE|-", description = "The body of a procedure; - is stdin.")
    private @Nullable String input;

    @Option(
            names = "--encoding",
            paramLabel = "TYPE",
            description =
                    "The media type of a body that is not JSON; without it, the content or the file's name tells.")
    private @Nullable String encoding;

    @Option(
            names = "--proxy",
            paramLabel = "SERVICE",
            description = "Whom the account's server passes the call on to: did:web:api.bsky.chat#bsky_chat")
    private @Nullable String proxy;

    @Option(
            names = "--service",
            paramLabel = "URL",
            description = "Calls this server, as nobody: for public methods. No stored session is used.")
    private @Nullable String service;

    @Option(
            names = "--lexicons",
            paramLabel = "DIR",
            description = "Documents beside those that come with the program, and before them.")
    private @Nullable Path lexicons;

    @Option(
            names = "--unchecked",
            description =
                    "Needs no document and checks nothing but that JSON is of the data model: parameters go as they "
                            + "are, and it is a procedure where there is --input or --procedure, otherwise a query.")
    private boolean unchecked;

    @Option(names = "--procedure", description = "With --unchecked: a procedure, even without --input.")
    private boolean procedure;

    @Option(
            names = "--lenient",
            description =
                    "Accept in responses what the data model forbids but some servers send: floats, malformed $link "
                            + "and $bytes, loosely written datetimes, blobs of the legacy form. This is the default.")
    private boolean lenient;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "How long it may take; by default 60.")
    private int timeout = 60;

    @Mixin
    private AccountOption account = new AccountOption();

    CallMethod(Atlex atlex) {
        this.atlex = atlex;
    }

    @Override
    public Integer call() {
        MethodCall method = method();
        Map<String, List<String>> texts = texts();
        CallOptions options = options(method);
        if (service != null) {
            if (account.isGiven()) {
                throw Failure.usage("either --account or --service");
            }
            method.send(new Client(anonymous(service), options), texts);
            return 0;
        }
        return StoredSession.open(atlex, account).use(options, client -> {
            method.send(client, texts);
            return 0;
        });
    }

    private MethodCall method() {
        if (!Nsid.isValid(nsid)) {
            throw Failure.input("not an NSID: " + nsid);
        }
        Nsid id = Nsid.of(nsid);
        InputFile body = input == null ? null : new InputFile(atlex.world(), input);
        if (!unchecked) {
            if (procedure) {
                throw Failure.usage("--procedure goes with --unchecked: otherwise the document says so");
            }
            return new CheckedCall(atlex, id, lexicons, body, encoding);
        } else if (lexicons != null) {
            throw Failure.usage("either --lexicons or --unchecked");
        }
        return new UncheckedCall(atlex, id, procedure, body, encoding);
    }

    private Map<String, List<String>> texts() {
        Map<String, List<String>> byName = new LinkedHashMap<>();
        for (String text : parameters) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw Failure.usage("parameters are given as name=value");
            }
            byName.computeIfAbsent(text.substring(0, equals), name -> new ArrayList<>())
                    .add(text.substring(equals + 1));
        }
        return byName;
    }

    private Agent anonymous(String url) {
        try {
            return Agent.of(url, atlex.transport());
        } catch (IllegalArgumentException e) {
            throw Failure.input("--service takes an http or https URL: " + e.getMessage());
        }
    }

    private CallOptions options(MethodCall method) {
        if (timeout < 1) {
            throw Failure.usage("--timeout takes a positive number of seconds");
        }
        CallOptions.Builder options = CallOptions.builder().timeout(Duration.ofSeconds(timeout));
        if (proxy != null) {
            try {
                options.proxy(proxy);
            } catch (IllegalArgumentException e) {
                throw Failure.input("--proxy: " + e.getMessage());
            }
        }
        if (encoding != null) {
            options.encoding(encoding);
        }
        if (lenient) {
            options.strict(false);
        }
        options.maxResponseBytes(method.isStream() ? Long.MAX_VALUE : MethodCall.MAX_JSON_BYTES);
        return options.build();
    }
}
