package dev.atlex.cli;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.session.SessionData;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "sessions",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the stored sessions, without asking a server.",
            "Prints a JSON array in the order of the DIDs: [{\"did\",\"handle\",\"service\",\"pds\",\"active\",\"status\"}], "
                    + "pds and status where they are known."
        })
final class Sessions implements Callable<Integer> {
    private final Atlex atlex;

    Sessions(Atlex atlex) {
        this.atlex = atlex;
    }

    @Override
    public Integer call() {
        List<LexMap> accounts = new ArrayList<>();
        for (SessionData data : Accounts.sorted(atlex.store().list())) {
            accounts.add(Accounts.describe(data));
        }
        atlex.print(LexValue.of(accounts));
        return 0;
    }
}
