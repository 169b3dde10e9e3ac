package dev.atlex.cli.call;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.InputFile;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.DynamicClient;
import dev.atlex.client.XrpcResponse;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexNull;
import dev.atlex.data.LexValue;
import dev.atlex.schema.document.LexiconDocuments;
import dev.atlex.schema.runtime.RuntimeSchemas;
import dev.atlex.syntax.Nsid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call without a Lexicon document: only the data model is checked. */
final class UncheckedCall extends MethodCall {
    private final String nsid;
    private final boolean procedure;

    /** The parameters. Without a document, every argument with a name is one. */
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    /** @throws Failure if a media type is given without input */
    UncheckedCall(
            CommandContext context,
            Nsid id,
            boolean procedure,
            List<Argument> arguments,
            @Nullable InputFile input,
            @Nullable String encoding) {
        super(context, input, encoding);
        this.nsid = id.toString();
        for (Argument argument : arguments) {
            if (argument.isBody()) {
                take(argument);
            } else {
                values.computeIfAbsent(argument.plainName(), name -> new ArrayList<>())
                        .add(argument.value());
            }
        }
        this.procedure = procedure || this.input != null;
        if (encoding != null && this.input == null) {
            throw Failure.usage("--encoding requires --input");
        }
    }

    @Override
    void send(Client client) {
        DynamicClient methods = new DynamicClient(client, RuntimeSchemas.of(LexiconDocuments.of(List.of())));
        LexMap parameters = parameters(values);
        LexValue body = call(methods, parameters).body();
        if (!(body instanceof LexNull)) {
            print(body);
        }
    }

    private XrpcResponse<LexValue> call(DynamicClient methods, LexMap parameters) {
        if (!procedure) {
            return methods.queryUnchecked(nsid, parameters, CallOptions.DEFAULTS);
        } else if (input != null && !isJson()) {
            return methods.binaryUnchecked(nsid, parameters, input.body(MAX_STDIN_BYTES), CallOptions.DEFAULTS);
        }
        return methods.procedureUnchecked(nsid, parameters, json(), CallOptions.DEFAULTS);
    }

    private static LexMap parameters(Map<String, List<String>> byName) {
        LexMap.Builder parameters = LexMap.builder();
        byName.forEach((name, values) -> {
            if (values.size() == 1) {
                parameters.put(name, values.get(0));
            } else {
                parameters.put(
                        name, LexValue.of(values.stream().map(LexValue::of).toList()));
            }
        });
        return parameters.build();
    }
}
