package dev.atlex.cli.record;

import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.IdentityOptions;
import dev.atlex.cli.runtime.Options;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexMap;
import dev.atlex.identity.Identity;
import picocli.CommandLine.Model.CommandSpec;

/** Finds an account's DID, handle and server. */
public final class Resolve implements Command {
    private final CommandContext context;
    private String account = "";
    private boolean document;
    private final IdentityOptions identity = new IdentityOptions();

    /** Creates the command. */
    public Resolve(CommandContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return CommandBuilder.of("resolve", this)
                .description(
                        "Find an account by its handle or DID, without signing in.",
                        "Prints JSON: {\"did\",\"handle\",\"pds\"}. The handle is verified in both directions; "
                                + "it is \"handle.invalid\" if the verification fails. pds is missing if the "
                                + "account has no server.")
                .examples(
                        "atlex resolve alice.example.com", "atlex resolve --document did:plc:ewvi7nxzyoun6zhxrhs64oiz")
                .add(Options.argument(
                        "HANDLE|DID", "Account to find. A leading @ is ignored.", value -> account = value))
                .add(Options.flag("--document", "Print the DID document instead.", value -> document = value))
                .add(identity)
                .build();
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
