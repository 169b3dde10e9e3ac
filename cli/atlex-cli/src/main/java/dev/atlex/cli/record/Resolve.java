package dev.atlex.cli.record;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.IdentityOptions;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexMap;
import dev.atlex.identity.Identity;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds an account's DID, handle and server. */
@Command(
        name = "resolve",
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        description = {
            "Find an account by its handle or DID, without signing in.",
            "Prints JSON: {\"did\",\"handle\",\"pds\"}. The handle is verified in both directions; it is "
                    + "\"handle.invalid\" if the account has no such handle. pds is missing if the account has no server."
        },
        footer = {
            "",
            "Examples:",
            "  atlex resolve alice.example.com",
            "  atlex resolve --document did:plc:ewvi7nxzyoun6zhxrhs64oiz"
        })
public final class Resolve implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "HANDLE|DID", description = "Account to find; a leading @ is ignored.")
    private String account = "";

    @Option(names = "--document", description = "Print the DID document instead.")
    private boolean document;

    @Mixin
    private IdentityOptions identity = new IdentityOptions();

    /** Creates the command. */
    public Resolve(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Identity found;
        try {
            found = identity.resolver(context).resolve(account);
        } catch (InvalidSyntaxException e) {
            throw Failure.input(String.valueOf(e.getMessage()));
        }
        if (document) {
            context.show(found.document().json());
            return 0;
        }
        LexMap.Builder line = LexMap.builder()
                .put("did", found.did().toString())
                .put("handle", found.handle().toString());
        if (found.pds() != null) {
            line.put("pds", found.pds().toString());
        }
        context.show(line.build());
        return 0;
    }
}
