package dev.atlex.cli.call;

import dev.atlex.cli.lexicon.Documents;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.InputFile;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.DynamicClient;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.schema.BinaryProcedure;
import dev.atlex.schema.MediaTypes;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.Body;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.SubscriptionDef;
import dev.atlex.schema.document.LexiconDocuments;
import dev.atlex.schema.runtime.RuntimeSchemas;
import dev.atlex.syntax.Nsid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call that is validated against the method's Lexicon document. */
final class CheckedCall extends MethodCall {
    private final String nsid;
    private final RuntimeSchemas schemas;
    private final boolean binaryInput;
    private final @Nullable Body body;
    private final @Nullable Body output;

    /**
     * @param lexicons a folder of additional documents, or null
     * @throws Failure if the method is unknown, can't be called, or doesn't accept this input
     */
    CheckedCall(
            CommandContext context,
            Nsid id,
            @Nullable Path lexicons,
            @Nullable InputFile input,
            @Nullable String encoding) {
        super(context, input, encoding);
        LexiconDocuments documents = Documents.of(id, lexicons == null ? null : Documents.load(lexicons));
        nsid = id.toString();
        Definition method = documents.resolve(nsid);
        if (method instanceof QueryDef query) {
            body = null;
            output = query.output();
        } else if (method instanceof ProcedureDef procedure) {
            body = procedure.input();
            output = procedure.output();
        } else if (documents.get(id) == null) {
            throw Failure.input("unknown method " + nsid + "; use --lexicons DIR for a folder with its document, or "
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
        checkInput();
    }

    private void checkInput() {
        if (body == null && (input != null || encoding != null)) {
            throw Failure.input(nsid + " takes no input");
        } else if (body != null && binaryInput && input == null) {
            throw Failure.input(nsid + " requires --input FILE|- with media type " + body.encoding());
        } else if (!binaryInput && !isJson()) {
            throw Failure.input(nsid + " requires JSON input");
        }
    }

    @Override
    boolean isStream() {
        return output != null && output.schema() == null && !output.encoding().equals(MediaTypes.JSON);
    }

    @Override
    void send(Client client, Map<String, List<String>> values) {
        DynamicClient methods = new DynamicClient(client, schemas);
        LexMap parameters = parameters(methods, values);
        LexValue response;
        if (binaryInput && input != null) {
            response = methods.callBinary(nsid, parameters, input.body(MAX_STDIN_BYTES), CallOptions.DEFAULTS);
        } else {
            LexValue json = input == null ? null : input.json(MAX_JSON_BYTES);
            if (isStream()) {
                copy(methods, parameters, json);
                return;
            }
            response = methods.call(nsid, parameters, json, CallOptions.DEFAULTS);
        }
        if (output != null) {
            print(response);
        }
    }

    private LexMap parameters(DynamicClient methods, Map<String, List<String>> values) {
        try {
            return methods.paramsFromText(nsid, values);
        } catch (IllegalArgumentException e) {
            String hint = body == null ? "" : " (use --input for the body of a procedure)";
            throw Failure.input(e.getMessage() + hint);
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
