package dev.atlex.cli.call;

import dev.atlex.cli.lexicon.Documents;
import dev.atlex.cli.lexicon.LexiconsOption;
import dev.atlex.cli.lexicon.MethodIndex;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.InputFile;
import dev.atlex.cli.runtime.Suggestions;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.DynamicClient;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.internal.MediaType;
import dev.atlex.schema.BinaryProcedure;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.Body;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.SubscriptionDef;
import dev.atlex.schema.document.LexiconDocuments;
import dev.atlex.schema.runtime.RuntimeSchemas;
import dev.atlex.syntax.Nsid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call that is validated against the method's Lexicon document. */
final class CheckedCall extends MethodCall {
    private final String nsid;
    private final RuntimeSchemas schemas;
    private final Paging paging;
    private final boolean binaryInput;

    /** The parameters that the method declares, or null. */
    private final @Nullable ObjectDef declared;

    /** The given parameters, by name. */
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    /** The given fields of the body. */
    private final BodyBuilder fields;

    private final @Nullable Body body;
    private final @Nullable Body output;

    /**
     * @param lexicons the additional documents
     * @throws Failure if the method is unknown, can't be called, or doesn't accept this input
     */
    CheckedCall(
            CommandContext context,
            Nsid id,
            LexiconsOption lexicons,
            List<Argument> arguments,
            @Nullable InputFile input,
            @Nullable String encoding,
            Paging paging) {
        super(context, input, encoding);
        LexiconDocuments documents = Documents.of(id, lexicons.load());
        nsid = id.toString();
        this.paging = paging;
        Definition method = documents.resolve(nsid);
        if (method instanceof QueryDef query) {
            declared = query.parameters();
            body = null;
            output = query.output();
        } else if (method instanceof ProcedureDef procedure) {
            declared = procedure.parameters();
            body = procedure.input();
            output = procedure.output();
        } else if (documents.get(id) == null) {
            throw Failure.input("unknown method " + nsid
                    + Suggestions.question(MethodIndex.bundled().suggest(nsid))
                    + "; use --lexicons DIR for a folder with its document, or "
                    + "--unchecked to call without one");
        } else {
            throw Failure.input(nsid
                    + (method instanceof SubscriptionDef ? " is a subscription" : " is not a method")
                    + " and can't be called");
        }
        schemas = RuntimeSchemas.of(documents);
        try {
            binaryInput = schemas.method(nsid) instanceof BinaryProcedure;
        } catch (IllegalArgumentException e) {
            throw Failure.input(String.valueOf(e.getMessage()));
        }
        fields = new BodyBuilder(context.environment(), documents, body == null ? null : body.schema());
        sort(arguments);
        checkInput();
        if (paging.all() && !(method instanceof QueryDef)) {
            throw Failure.usage("--paginate: " + nsid + " is not a query");
        }
    }

    /** Separates the parameters of the URL from the fields of the body. */
    private void sort(List<Argument> arguments) {
        boolean jsonBody = body != null && !binaryInput;
        List<Argument> ofBody = new ArrayList<>();
        for (Argument argument : arguments) {
            if (!argument.isBody() && (isDeclared(argument.name()) || !jsonBody)) {
                addParameter(argument);
            } else if (body == null) {
                throw Failure.input(nsid + " takes no input");
            } else {
                ofBody.add(argument);
            }
        }
        if (ofBody.size() == 1 && ofBody.get(0).isBody()) {
            take(ofBody.get(0));
        } else if (!ofBody.isEmpty() && input != null) {
            throw Failure.input(nsid + ": the body is given both with --input and in arguments ("
                    + ofBody.get(0).name() + "); use only one of them");
        } else if (!ofBody.isEmpty() && binaryInput) {
            throw Failure.input(nsid + " requires the whole body as one @FILE, because it isn't JSON");
        } else {
            ofBody.forEach(fields::add);
        }
    }

    private boolean isDeclared(String name) {
        return declared != null && declared.properties().containsKey(name);
    }

    /** Adds a parameter. Its value may be JSON too: a string, number, boolean, or an array of these. */
    private void addParameter(Argument argument) {
        if (!argument.json() || !isDeclared(argument.name())) {
            values.computeIfAbsent(argument.plainName(), name -> new ArrayList<>())
                    .add(argument.value());
            return;
        }
        LexValue json = BodyBuilder.json(argument, argument.value().getBytes(StandardCharsets.UTF_8));
        for (LexValue value : json instanceof LexArray array ? array : List.of(json)) {
            values.computeIfAbsent(argument.name(), name -> new ArrayList<>()).add(value.toString());
        }
    }

    private void checkInput() {
        if (body == null && (input != null || encoding != null)) {
            throw Failure.input(nsid + " takes no input");
        } else if (body != null && binaryInput && input == null) {
            throw Failure.input(
                    nsid + " requires a body, from @FILE or --input FILE|-, with media type " + body.encoding());
        } else if (!binaryInput && !isJson()) {
            throw Failure.input(nsid + " requires JSON input");
        }
    }

    @Override
    boolean isStream() {
        return output != null && output.schema() == null && !output.encoding().equals(MediaType.JSON);
    }

    @Override
    void send(Client client) {
        if (isStream()) {
            requireFile();
        }
        DynamicClient methods = new DynamicClient(client, schemas);
        LexMap parameters = parameters(methods);
        LexValue response;
        if (paging.all()) {
            paging.print(context, methods, nsid, parameters, schemas.documents(), output);
            return;
        }
        if (binaryInput && input != null) {
            response = methods.callBinary(nsid, parameters, input.body(MAX_STDIN_BYTES), CallOptions.DEFAULTS);
        } else {
            LexValue json = json();
            if (isStream()) {
                copy(methods, parameters, json);
                return;
            }
            // Arguments are typed by hand, so look for mistakes before the server sees them.
            boolean typed = !fields.isEmpty();
            response = methods.call(nsid, parameters, json, CallOptions.of(o -> o.validateRequest(typed)));
        }
        if (output != null) {
            print(response);
        }
    }

    @Override
    @Nullable
    LexValue json() {
        return fields.isEmpty() ? super.json() : fields.build();
    }

    private LexMap parameters(DynamicClient methods) {
        try {
            return methods.paramsFromText(nsid, values);
        } catch (IllegalArgumentException e) {
            throw Failure.input(String.valueOf(e.getMessage()));
        }
    }

    private void copy(DynamicClient methods, LexMap parameters, @Nullable LexValue json) {
        try (TransportResponse response = methods.stream(nsid, parameters, json, CallOptions.DEFAULTS)) {
            response.body().transferTo(context.environment().out());
        } catch (IOException e) {
            throw Failure.storage("can't copy the response to stdout", e);
        }
    }
}
