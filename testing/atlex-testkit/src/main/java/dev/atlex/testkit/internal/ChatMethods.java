package dev.atlex.testkit.internal;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.chat.ChatDirectory;
import dev.atlex.testkit.internal.chat.ChatMethod;
import dev.atlex.testkit.internal.lexicon.InvalidValueException;
import dev.atlex.testkit.internal.lexicon.MethodSchema;
import java.util.ArrayList;
import java.util.List;

/** The {@code chat.bsky} methods, which the PDS forwards to the chat service. */
final class ChatMethods {
    static final String SERVICE = "did:web:api.bsky.chat#bsky_chat";

    private final Pds pds;

    ChatMethods(Pds pds) {
        this.pds = pds;
    }

    List<Method> methods() {
        List<Method> methods = new ArrayList<>();
        pds.chat.methods().forEach((nsid, body) -> {
            MethodSchema schema = MethodSchema.of(nsid);
            Method method = schema.procedure()
                    ? Method.procedure(nsid, Auth.STANDARD, InputSchema.of(), call -> respond(nsid, schema, body, call))
                    : Method.query(nsid, Auth.STANDARD, InputSchema.NONE, call -> respond(nsid, schema, body, call));
            methods.add(method.proxiedTo(SERVICE));
        });
        return methods;
    }

    private static Response respond(String nsid, MethodSchema schema, ChatMethod body, Call call) {
        LexMap input = call.input;
        try {
            if (schema.procedure()) {
                schema.checkInput(input);
            } else {
                input = schema.params(new Query(call.request.query())::all);
            }
        } catch (InvalidValueException e) {
            throw XrpcError.invalidRequest(
                    schema.procedure()
                            ? String.valueOf(e.getMessage())
                            : "Invalid " + nsid + " params: " + e.problem());
        }
        return Response.json(body.apply(call.claims().did(), input));
    }

    /** Provides the accounts and records that the chat service needs. */
    static ChatDirectory directory(Pds pds) {
        return new ChatDirectory() {
            @Override
            public boolean isActive(String did) {
                Account account = pds.accounts.byDid(did);
                return account != null && account.active();
            }

            @Override
            public LexMap profile(String did, String viewer) {
                LexMap profile = pds.appView.profile(did, viewer);
                return profile != null
                        ? profile
                        : LexMap.builder()
                                .put("did", did)
                                .put("handle", "missing.invalid")
                                .build();
            }

            @Override
            public boolean follows(String did, String other) {
                return hasSubject("app.bsky.graph.follow", did, other);
            }

            @Override
            public boolean blocks(String did, String other) {
                return hasSubject("app.bsky.graph.block", did, other);
            }

            private boolean hasSubject(String collection, String did, String subject) {
                Account account = pds.accounts.byDid(did);
                return account != null
                        && account.repo.records(collection).values().stream()
                                .anyMatch(entry -> subject.equals(entry.value().getString("subject")));
            }

            @Override
            public String allowIncoming(String did) {
                Account account = pds.accounts.byDid(did);
                Repo.Entry declaration =
                        account == null ? null : account.repo.get("chat.bsky.actor.declaration", "self");
                String allowed =
                        declaration == null ? null : declaration.value().getString("allowIncoming");
                return allowed == null ? "following" : allowed;
            }

            @Override
            public LexMap embeddedRecord(String uri, String viewer) {
                return pds.appView.embedded(uri, viewer);
            }
        };
    }
}
