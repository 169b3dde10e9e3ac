package dev.atlex.cli.session;

import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.client.CallOptions;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexNull;
import dev.atlex.data.LexValue;
import dev.atlex.schema.Output;
import dev.atlex.schema.Query;
import dev.atlex.schema.Unit;
import dev.atlex.schema.generated.Codecs;
import dev.atlex.syntax.Handle;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Prints the account that the server reports for the session. */
public final class Whoami implements Command {
    /** An untyped query, because an invalid field must not hide which account is signed in. */
    static final Query<Unit, Unit.Builder, LexMap> GET_SESSION =
            new Query<>("com.atproto.server.getSession", Unit.CODEC, Output.json(Codecs.MAP), List.of());

    private static final List<String> OPTIONAL_FIELDS = List.of("email", "emailConfirmed");

    private final CommandContext context;
    private final AccountOption account = new AccountOption();

    /** Creates the command. */
    public Whoami(CommandContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return CommandBuilder.of("whoami", this)
                .description(
                        "Ask the server which account is signed in.",
                        "Prints the account as JSON: {\"did\",\"handle\",\"email\",\"emailConfirmed\",\"active\",\"status\","
                                + "\"service\",\"pds\"}. did, handle, active and service are always present.")
                .examples("atlex whoami", "atlex whoami --account alice.example.com")
                .add(account)
                .build();
    }

    @Override
    public Integer call() {
        StoredSession stored = StoredSession.open(context, account);
        CallOptions lenient = CallOptions.of(options -> options.strict(false));
        LexMap response = stored.use(lenient, client -> client.call(GET_SESSION));
        StoredAccount data = stored.account();
        String did = response.getString("did");
        if (!data.did().toString().equals(did)) {
            throw new Failure(
                    Failure.REFUSED,
                    "AccountMismatch",
                    "expected the account " + data.did() + ", but the server reports " + did,
                    null);
        }
        LexMap.Builder account = LexMap.builder().put("did", data.did().toString());
        String handle = response.getString("handle");
        boolean isHandle = handle != null && Handle.isValid(handle);
        account.put("handle", handle == null || !isHandle ? data.handle().toString() : handle);
        for (String name : OPTIONAL_FIELDS) {
            copy(response, name, account);
        }
        account.put("active", !Boolean.FALSE.equals(response.getBoolean("active")));
        copy(response, "status", account);
        account.put("service", data.service().toString());
        if (data.pds() != null) {
            account.put("pds", data.pds().toString());
        }
        context.showFields(account.build());
        return 0;
    }

    private static void copy(LexMap from, String name, LexMap.Builder to) {
        LexValue value = from.get(name);
        if (value != null && value != LexNull.NULL) {
            to.put(name, value);
        }
    }
}
