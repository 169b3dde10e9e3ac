package dev.atlex.cli.record;

import dev.atlex.bluesky.BskyUrls;
import dev.atlex.bluesky.ShortLinkException;
import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.IdentityOptions;
import dev.atlex.cli.runtime.Options;
import dev.atlex.client.Agent;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.DynamicClient;
import dev.atlex.client.transport.Transport;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.schema.document.LexiconDocuments;
import dev.atlex.schema.runtime.RuntimeSchemas;
import dev.atlex.syntax.AtUri;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Reads records from the server that hosts their account. */
public final class Get implements Command {
    private static final int PAGE = 100;
    private static final CallOptions LENIENT = CallOptions.of(o -> o.strict(false));

    private final CommandContext context;
    private String uri = "";
    private @Nullable String cid;
    private long limit = Long.MAX_VALUE;
    private @Nullable String service;
    private final IdentityOptions identity = new IdentityOptions();

    /** Creates the command. */
    public Get(CommandContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return CommandBuilder.of("get", this)
                .description(
                        "Read a record, list a collection or describe a repository, from the account's own server. No sign-in is "
                                + "needed.",
                        "at://ACCOUNT/COLLECTION/KEY prints {\"uri\",\"cid\",\"value\"}; at://ACCOUNT/COLLECTION prints one such "
                                + "object per line, newest first; at://ACCOUNT prints the account's collections and DID document.")
                .examples(
                        "atlex get at://alice.example.com/app.bsky.actor.profile/self",
                        "atlex get at://alice.example.com/app.bsky.feed.post --limit 10")
                .add(Options.argument(
                        "URI",
                        "AT URI, or the URL of a page on bsky.app. In an AT URI, ACCOUNT is a handle or a DID.",
                        value -> uri = value))
                .add(Options.text("--cid", "CID", "Fail unless the record has this CID.", value -> cid = value))
                .add(Options.value(
                        "--limit",
                        "N",
                        "Maximum number of records to list. Default: all.",
                        long.class,
                        value -> limit = value))
                .add(Options.text(
                        "--service",
                        "URL",
                        "Read from this server instead of the account's own.",
                        value -> service = value))
                .add(identity)
                .build();
    }

    @Override
    public Integer call() {
        AtUri at = parse();
        if (limit < 1) {
            throw Failure.usage("--limit: expected a positive number (got " + limit + ")");
        } else if (cid != null && at.recordKey() == null) {
            throw Failure.usage("--cid requires the URI of a record");
        }
        Client client = new Client(agent(at));
        LexMap.Builder parameters = LexMap.builder().put("repo", at.authority().toString());
        if (at.collection() == null) {
            context.show(query(client, "com.atproto.repo.describeRepo", parameters.build()));
            return 0;
        }
        parameters.put("collection", at.collection().toString());
        if (at.recordKey() == null) {
            list(client, parameters.build());
            return 0;
        }
        parameters.put("rkey", at.recordKey().toString());
        if (cid != null) {
            parameters.put("cid", cid);
        }
        context.show(query(client, "com.atproto.repo.getRecord", parameters.build()));
        return 0;
    }

    private AtUri parse() {
        try {
            return uri.startsWith("at://") ? AtUri.of(uri) : BskyUrls.toAtUri(uri);
        } catch (InvalidSyntaxException | ShortLinkException e) {
            throw Failure.input(String.valueOf(e.getMessage()));
        }
    }

    private Agent agent(AtUri at) {
        if (service != null && identity.isGiven()) {
            throw Failure.usage("--service can't be combined with --plc, --dns or --allow-private");
        } else if (service != null) {
            try {
                return Agent.of(service, context.transport());
            } catch (IllegalArgumentException e) {
                throw Failure.input("--service: expected an http or https URL: " + e.getMessage());
            }
        }
        IdentityResolver resolver = identity.resolver(context);
        URI pds = resolver.resolve(at.authority()).requirePds();
        // A server found through a DID document is untrusted: requests to it need the resolver's safeguards.
        Transport guarded = resolver.transport();
        return Agent.of(pds, guarded);
    }

    private void list(Client client, LexMap collection) {
        long left = limit;
        String cursor = null;
        do {
            LexMap.Builder parameters = LexMap.builder();
            collection.forEach(parameters::put);
            parameters.put("limit", Math.min(left, PAGE));
            if (cursor != null) {
                parameters.put("cursor", cursor);
            }
            LexMap page = query(client, "com.atproto.repo.listRecords", parameters.build());
            List<LexValue> records = page.get("records") instanceof LexArray array ? array : List.of();
            for (LexValue record : records.subList(0, (int) Math.min(left, records.size()))) {
                context.show(record);
                left--;
            }
            String next = page.getString("cursor");
            // Some servers return the cursor of the last page again.
            cursor = records.isEmpty() || next == null || next.equals(cursor) ? null : next;
        } while (left > 0 && cursor != null);
    }

    /** Calls a query without decoding records, so that any record can be read, valid or not. */
    private static LexMap query(Client client, String nsid, LexMap parameters) {
        DynamicClient methods = new DynamicClient(client, RuntimeSchemas.of(LexiconDocuments.of(List.of())));
        LexValue body = methods.queryUnchecked(nsid, parameters, LENIENT).body();
        if (body instanceof LexMap map) {
            return map;
        }
        throw new Failure(Failure.REFUSED, "InvalidResponse", nsid + ": expected a JSON object", null);
    }
}
