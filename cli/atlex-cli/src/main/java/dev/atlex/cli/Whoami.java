package dev.atlex.cli;

import dev.atlex.client.CallOptions;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexNull;
import dev.atlex.data.LexValue;
import dev.atlex.schema.generated.Codecs;
import dev.atlex.schema.Output;
import dev.atlex.schema.Query;
import dev.atlex.schema.Unit;
import dev.atlex.session.SessionData;
import dev.atlex.syntax.Handle;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "whoami",
        mixinStandardHelpOptions = true,
        description = {
            "Asks the server who is signed in.",
            "Prints the account as JSON: {\"did\",\"handle\",\"email\",\"emailConfirmed\",\"active\",\"status\","
                    + "\"service\",\"pds\"}; did, handle, active and service always, the others where they are known."
        })
final class Whoami implements Callable<Integer> {
    /** Untyped and lenient: a field that is not as it should be is no reason not to know who one is. */
    private static final Query<Unit, Unit.Builder, LexMap> GET_SESSION =
            new Query<>("com.atproto.server.getSession", Unit.CODEC, Output.json(Codecs.MAP), List.of());

    private static final List<String> SHOWN = List.of("email", "emailConfirmed");

    private final Atlex atlex;

    @Mixin
    private AccountOption account;

    Whoami(Atlex atlex) {
        this(atlex, new AccountOption());
    }

    Whoami(Atlex atlex, AccountOption account) {
        this.atlex = atlex;
        this.account = account;
    }

    @Override
    public Integer call() {
        StoredSession stored = StoredSession.open(atlex, account);
        CallOptions lenient = CallOptions.of(options -> options.strict(false));
        LexMap answer = stored.use(lenient, client -> client.call(GET_SESSION));
        SessionData data = stored.data();
        String did = answer.getString("did");
        if (!data.did().toString().equals(did)) {
            throw new Failure(
                    Failure.REFUSED,
                    "AccountMismatch",
                    "the server takes the session of " + data.did() + " for one of " + did,
                    null);
        }
        LexMap.Builder shown = LexMap.builder().put("did", data.did().toString());
        String handle = answer.getString("handle");
        boolean isHandle = handle != null && Handle.isValid(handle);
        shown.put("handle", handle == null || !isHandle ? data.handle().toString() : handle);
        for (String name : SHOWN) {
            copy(answer, name, shown);
        }
        shown.put("active", !Boolean.FALSE.equals(answer.getBoolean("active")));
        copy(answer, "status", shown);
        shown.put("service", data.service().toString());
        if (data.pds() != null) {
            shown.put("pds", data.pds().toString());
        }
        atlex.print(shown.build());
        return 0;
    }

    private static void copy(LexMap from, String name, LexMap.Builder to) {
        LexValue value = from.get(name);
        if (value != null && value != LexNull.NULL) {
            to.put(name, value);
        }
    }
}
