package dev.atlex.cli;

import dev.atlex.client.Agent;
import dev.atlex.client.Call;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.XrpcInvalidResponseException;
import dev.atlex.client.XrpcResponse;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.Bytes;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.MediaTypes;
import dev.atlex.schema.document.Definition.Body;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
            "Prints what it answers: JSON as the server sent it, once it is checked to be JSON of the data model, "
                    + "with a line's end; other media types byte for byte; nothing where the method declares no answer."
        })
final class CallMethod implements Callable<Integer> {
    private static final int MAX_JSON_BYTES = 64 << 20;
    private static final int MAX_STDIN_BYTES = 256 << 20;

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

    @Option(names = "--encoding", paramLabel = "TYPE", description = "The media type of a body that is not JSON.")
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

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "How long it may take; by default 60.")
    private int timeout = 60;

    @Mixin
    private AccountOption account = new AccountOption();

    CallMethod(Atlex atlex) {
        this.atlex = atlex;
    }

    @Override
    public Integer call() {
        MethodDocument method = MethodDocument.find(nsid);
        UntypedCall untyped = new UntypedCall(method, ParameterTexts.parse(method.parameters(), parameters));
        CallOptions options = options(method);
        if (service != null) {
            if (account.isGiven()) {
                throw Failure.usage("either --account or --service");
            }
            send(new Client(anonymous(service), options), untyped.call(body(method)), method);
            return 0;
        }
        StoredSession stored = StoredSession.open(atlex, account);
        Call<?> call = untyped.call(body(method));
        stored.use(options, client -> {
            send(client, call, method);
            return 0;
        });
        return 0;
    }

    private Agent anonymous(String url) {
        try {
            return Agent.of(URI.create(url), atlex.transport());
        } catch (IllegalArgumentException e) {
            throw Failure.input("--service takes an http or https URL");
        }
    }

    private CallOptions options(MethodDocument method) {
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
        Body body = method.input();
        boolean json = body != null && body.encoding().equals(MediaTypes.JSON);
        if (encoding != null && !json) {
            options.encoding(encoding);
        } else if (encoding != null && !encoding.equals(MediaTypes.JSON)) {
            throw Failure.input(method.nsid() + " takes JSON");
        }
        options.maxResponseBytes(isStream(method) ? Long.MAX_VALUE : MAX_JSON_BYTES);
        return options.build();
    }

    private @Nullable RequestBody body(MethodDocument method) {
        Body body = method.input();
        if (body == null) {
            if (input != null || encoding != null) {
                throw Failure.input(method.nsid() + " takes no input");
            }
            return null;
        }
        if (input == null) {
            throw Failure.input(method.nsid() + " needs --input FILE|-, of " + body.encoding());
        }
        InputFile file = new InputFile(atlex.world(), input);
        if (!body.encoding().equals(MediaTypes.JSON)) {
            return file.body(MAX_STDIN_BYTES);
        }
        byte[] json = file.read(MAX_JSON_BYTES);
        try {
            LexValue.parseJson(json, ReadOptions.STRICT);
        } catch (LexDataException e) {
            throw new Failure(Failure.WRONG_USE, "InvalidInput", "--input: " + e.getMessage(), e);
        }
        return RequestBody.of(json);
    }

    private static boolean isStream(MethodDocument method) {
        return method.output() != null && !method.output().encoding().equals(MediaTypes.JSON);
    }

    private void send(Client client, Call<?> call, MethodDocument method) {
        if (isStream(method)) {
            try (TransportResponse response = client.stream(call, CallOptions.DEFAULTS)) {
                response.body().transferTo(atlex.world().out());
            } catch (IOException e) {
                throw Failure.storage("the answer can't be copied", e);
            }
            return;
        }
        XrpcResponse<?> response = client.xrpc(call);
        if (response.body() instanceof Bytes bytes) {
            byte[] json = bytes.toByteArray();
            try {
                LexValue.parseJson(json, ReadOptions.STRICT);
            } catch (LexDataException e) {
                throw new XrpcInvalidResponseException(
                        call.method(), response.status(), response.headers(), String.valueOf(e.getMessage()), e);
            }
            atlex.print(json);
            if (json[json.length - 1] != '\n') {
                atlex.print("");
            }
        }
    }
}
