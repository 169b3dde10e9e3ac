package dev.atlex.cli.call;

import dev.atlex.cli.lexicon.LexiconsOption;
import dev.atlex.cli.lexicon.MethodIndex;
import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.InputFile;
import dev.atlex.cli.runtime.Options;
import dev.atlex.cli.runtime.Suggestions;
import dev.atlex.cli.session.AccountOption;
import dev.atlex.cli.session.StoredSession;
import dev.atlex.client.Agent;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.syntax.Nsid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Calls any XRPC method. */
public final class CallMethod implements Command {
    private final CommandContext context;
    private String nsid = "";
    private List<String> arguments = new ArrayList<>();
    private @Nullable String input;
    private @Nullable String encoding;
    private @Nullable String proxy;
    private @Nullable String service;
    private final LexiconsOption lexicons = new LexiconsOption();
    private boolean unchecked;
    private boolean procedure;
    private boolean lenient;
    private int timeout = 60;
    private boolean paginate;
    private @Nullable Long limit;
    private final AccountOption account = new AccountOption();

    /** Creates the command. */
    public CallMethod(CommandContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return CommandBuilder.of("call", this)
                .description(
                        "Call any method.",
                        "Prints the response: JSON on one line, as the server sent it, after validating it "
                                + "against the method's Lexicon document. Other media types are copied byte for "
                                + "byte. Prints nothing if the method has no output.")
                .examples(
                        "atlex call app.bsky.actor.getProfile actor=alice.example.com",
                        "atlex call com.atproto.repo.createRecord --input record.json",
                        "atlex call app.bsky.graph.muteActor actor=bob.example.com",
                        "atlex call com.atproto.repo.putRecord repo=alice.example.com collection=app.bsky.actor.profile rkey=self "
                                + "record.displayName=Alice record.description=@bio.txt",
                        "atlex call com.atproto.repo.uploadBlob @photo.jpg",
                        "atlex call app.bsky.feed.getTimeline --paginate --limit 500 | jq -r '.feed[].post.uri'")
                .add(Options.argument(
                        "NSID", "Method to call, for example " + "app.bsky.actor.getProfile.", value -> nsid = value))
                .add(Options.arguments(
                        1,
                        "name=value",
                        "Parameters, or fields of a procedure's body, checked before they are sent. Repeat a name for "
                                + "each element of an array. In a body, record.text=Hi sets a nested field, "
                                + "tags[]=a appends to an array, count:=3 passes raw JSON, text=@FILE "
                                + "and list:=@FILE read a file, and @FILE sends a file as the "
                                + "whole body.",
                        values -> arguments = values))
                .add(Options.text(
                        "--input",
                        "FILE|-",
                        "File to send as a procedure's body, like @FILE. - reads " + "stdin.",
                        value -> input = value))
                .add(Options.text(
                        "--encoding",
                        "TYPE",
                        "Media type of a body that isn't JSON. Default: detected from the content or the file name.",
                        value -> encoding = value))
                .add(Options.text(
                        "--proxy",
                        "SERVICE",
                        "Service to proxy the call to, for example did:web:api.bsky.chat#bsky_chat.",
                        value -> proxy = value))
                .add(Options.text(
                        "--service",
                        "URL",
                        "Server to call without signing in and without a stored session. For public methods.",
                        value -> service = value))
                .add(lexicons)
                .add(Options.flag(
                        "--unchecked",
                        "Call without a Lexicon document. Parameters are sent as given. JSON is only checked against the "
                                + "data model. The method is a procedure if --input or --procedure is given, else a query.",
                        value -> unchecked = value))
                .add(Options.flag(
                        "--procedure",
                        "Call a procedure even without --input. Requires --unchecked.",
                        value -> procedure = value))
                .add(Options.flag(
                        "--lenient",
                        "Accept data that violates the data model but that some servers send: floats, malformed "
                                + "$link and $bytes, loosely formatted datetimes, and blobs in the legacy format. This is "
                                + "the default.",
                        value -> lenient = value))
                .add(Options.value(
                        "--timeout",
                        "SECONDS",
                        "Time limit for the call. Default: 60.",
                        int.class,
                        value -> timeout = value))
                .add(Options.flag(
                        "--paginate",
                        "Follow the cursor and print each page. When piped, each page is one line.",
                        value -> paginate = value))
                .add(Options.value(
                        "--limit",
                        "N",
                        "With --paginate, the maximum number of items to print. Default: all. To set the page "
                                + "size, pass limit=N as an argument.",
                        Long.class,
                        value -> limit = value))
                .add(account)
                .build();
    }

    @Override
    public Integer call() {
        MethodCall method = method();
        CallOptions options = options(method);
        if (service != null) {
            if (account.isGiven()) {
                throw Failure.usage("--account and --service can't be combined");
            }
            method.send(new Client(anonymous(service), options));
            return 0;
        }
        return StoredSession.open(context, account).use(options, client -> {
            method.send(client);
            return 0;
        });
    }

    private MethodCall method() {
        if (!Nsid.isValid(nsid)) {
            throw Failure.input("not a valid NSID (got \"" + nsid + "\")"
                    + Suggestions.question(MethodIndex.bundled().suggest(nsid)));
        }
        Nsid id = Nsid.of(nsid);
        List<Argument> given = arguments.stream().map(Argument::parse).toList();
        InputFile body = input == null ? null : new InputFile(context.environment(), input);
        if (!unchecked) {
            if (procedure) {
                throw Failure.usage("--procedure requires --unchecked");
            }
            return new CheckedCall(context, id, lexicons, given, body, encoding, paging());
        } else if (lexicons.isGiven()) {
            throw Failure.usage("--lexicons and --unchecked can't be combined");
        }
        if (paginate) {
            throw Failure.usage("--paginate and --unchecked can't be combined");
        }
        return new UncheckedCall(context, id, procedure, given, body, encoding);
    }

    private Paging paging() {
        if (limit != null && !paginate) {
            throw Failure.usage("--limit requires --paginate; for the size of a page, use limit=" + limit);
        } else if (limit != null && limit < 1) {
            throw Failure.usage("--limit: expected a positive number (got " + limit + ")");
        }
        return new Paging(paginate, limit == null ? 0 : limit);
    }

    private Agent anonymous(String url) {
        try {
            return Agent.of(url, context.transport());
        } catch (IllegalArgumentException e) {
            throw Failure.input("--service: expected an http or https URL: " + e.getMessage());
        }
    }

    private CallOptions options(MethodCall method) {
        if (timeout < 1) {
            throw Failure.usage("--timeout: expected a positive number of seconds (got " + timeout + ")");
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
