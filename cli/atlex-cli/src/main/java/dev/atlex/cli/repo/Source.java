package dev.atlex.cli.repo;

import com.atproto.sync.GetRepo;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.IdentityOptions;
import dev.atlex.cli.runtime.InputFile;
import dev.atlex.client.Agent;
import dev.atlex.client.Call;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.identity.Identity;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.repo.Car;
import dev.atlex.repo.CarOptions;
import dev.atlex.repo.Repository;
import dev.atlex.syntax.AtIdentifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Opens the repository that an argument specifies: a CAR file, stdin, or an account. */
final class Source {
    /** The size of the largest array that every JVM can allocate. */
    private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    private static final CarOptions LIMITS = CarOptions.of(o -> o.maxBytes(MAX_BYTES));

    private Source() {}

    /**
     * @throws Failure if the argument is neither a file nor an account
     * @throws dev.atlex.repo.RepoException if the CAR file is malformed or lacks its commit
     */
    static Repository open(CommandContext context, IdentityOptions identity, String argument) {
        byte[] bytes;
        if (argument.equals("-") || isFile(argument)) {
            bytes = new InputFile(context.environment(), argument).read(MAX_BYTES);
        } else {
            bytes = download(context, identity, argument);
        }
        return Repository.of(Car.parse(bytes, LIMITS));
    }

    private static boolean isFile(String argument) {
        try {
            return Files.exists(Path.of(argument));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static byte[] download(CommandContext context, IdentityOptions options, String account) {
        String name = account.startsWith("@") ? account.substring(1) : account;
        try {
            AtIdentifier.of(name);
        } catch (InvalidSyntaxException e) {
            throw Failure.input("no such file, and not a handle or DID (got \"" + account + "\")");
        }
        IdentityResolver resolver = options.resolver(context);
        Identity identity = resolver.resolve(name);
        // A server found through a DID document is untrusted: requests to it need the resolver's safeguards.
        Client client = new Client(Agent.of(identity.requirePds(), resolver.transport()));
        try (TransportResponse response = client.stream(
                        Call.of(GetRepo.QUERY, p -> p.did(identity.did())),
                        CallOptions.of(o -> o.maxResponseBytes(MAX_BYTES)));
                InputStream body = response.body()) {
            return body.readAllBytes();
        } catch (IOException e) {
            throw new Failure(Failure.NETWORK, "Network", "the repository was not received: " + e.getMessage(), e);
        }
    }
}
