package dev.atlex.cli;

import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.DynamicClient;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.internal.MediaType;
import dev.atlex.schema.BinaryProcedure;
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

/** The call of a method whose document is known. */
final class CheckedCall extends MethodCall {
    private final String nsid;
    private final RuntimeSchemas schemas;
    private final boolean binaryInput;
    private final @Nullable Body body;
    private final @Nullable Body output;

    /**
     * @param lexicons a folder of documents beside those of the program, or null
     * @throws Failure if there is no such method, it can't be called, or it does not take such an input
     */
    CheckedCall(Atlex atlex, Nsid id, @Nullable Path lexicons, @Nullable InputFile input, @Nullable String encoding) {
        super(atlex, input, encoding);
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
            throw Failure.input("no method " + nsid + " is known; --lexicons names a folder with its document, and "
                    + "--unchecked calls without one");
        } else {
            throw Failure.input(nsid
                    + (method instanceof SubscriptionDef ? " is a subscription" : " is no method")
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
            throw Failure.input(nsid + " needs --input FILE|-, of " + body.encoding());
        } else if (!binaryInput && !isJson()) {
            throw Failure.input(nsid + " takes JSON");
        }
    }

    @Override
    boolean isStream() {
        return output != null && output.schema() == null && !output.encoding().equals(MediaType.JSON);
    }

    @Override
    void send(Client client, Map<String, List<String>> texts) {
        DynamicClient methods = new DynamicClient(client, schemas);
        LexMap parameters = parameters(methods, texts);
        LexValue answer;
        if (binaryInput && input != null) {
            answer = methods.callBinary(nsid, parameters, input.body(MAX_STDIN_BYTES), CallOptions.DEFAULTS);
        } else {
            LexValue json = input == null ? null : input.json(MAX_JSON_BYTES);
            if (isStream()) {
                copy(methods, parameters, json);
                return;
            }
            answer = methods.call(nsid, parameters, json, CallOptions.DEFAULTS);
        }
        if (output != null) {
            print(answer);
        }
    }

    private LexMap parameters(DynamicClient methods, Map<String, List<String>> texts) {
        try {
            return methods.paramsFromText(nsid, texts);
        } catch (IllegalArgumentException e) {
            String hint = body == null ? "" : " (the input of a procedure is given with --input)";
            throw Failure.input(e.getMessage() + hint);
        }
    }

    private void copy(DynamicClient methods, LexMap parameters, @Nullable LexValue json) {
        try (TransportResponse response = methods.stream(nsid, parameters, json, CallOptions.DEFAULTS)) {
            response.body().transferTo(atlex.world().out());
        } catch (IOException e) {
            throw Failure.storage("the answer can't be copied", e);
        }
    }
}
