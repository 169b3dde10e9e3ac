package dev.atlex.testkit.internal;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.testkit.internal.InputSchema.Type;
import dev.atlex.testkit.internal.lexicon.ShownValue;
import dev.atlex.testkit.internal.oauth.Permissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code com.atproto.repo} methods that write records and blobs. */
final class RepoWriteMethods {
    private static final String APPLY_WRITES = "com.atproto.repo.applyWrites";
    private static final String RECORD = "$.record";
    private static final int MAX_BODY = 1_000_000;
    private static final int MAX_WRITES = 200;

    /** Collections with one record per subject: a new record replaces the old one. */
    private static final Set<String> ONE_PER_SUBJECT =
            Set.of("app.bsky.feed.like", "app.bsky.feed.repost", "app.bsky.graph.follow", "app.bsky.graph.block");

    private static final InputSchema CREATE = InputSchema.of()
            .required("collection", Type.NSID)
            .optional("rkey", Type.RECORD_KEY)
            .required("value", Type.OBJECT);
    private static final InputSchema UPDATE = InputSchema.of()
            .required("collection", Type.NSID)
            .required("rkey", Type.RECORD_KEY)
            .required("value", Type.OBJECT);
    private static final InputSchema DELETE =
            InputSchema.of().required("collection", Type.NSID).required("rkey", Type.RECORD_KEY);

    private final Pds pds;

    RepoWriteMethods(Pds pds) {
        this.pds = pds;
    }

    List<Method> methods() {
        InputSchema create = InputSchema.of()
                .required("repo", Type.AT_IDENTIFIER)
                .required("collection", Type.NSID)
                .optional("rkey", Type.RECORD_KEY)
                .optional("validate", Type.BOOLEAN)
                .required("record", Type.OBJECT)
                .optional("swapCommit", Type.CID);
        InputSchema put = InputSchema.of()
                .required("repo", Type.AT_IDENTIFIER)
                .required("collection", Type.NSID)
                .required("rkey", Type.RECORD_KEY)
                .optional("validate", Type.BOOLEAN)
                .required("record", Type.OBJECT)
                .nullable("swapRecord", Type.CID)
                .optional("swapCommit", Type.CID);
        InputSchema delete = InputSchema.of()
                .required("repo", Type.AT_IDENTIFIER)
                .required("collection", Type.NSID)
                .required("rkey", Type.RECORD_KEY)
                .optional("swapRecord", Type.CID)
                .optional("swapCommit", Type.CID);
        InputSchema apply = InputSchema.of()
                .required("repo", Type.AT_IDENTIFIER)
                .optional("validate", Type.BOOLEAN)
                .required("writes", Type.ARRAY)
                .optional("swapCommit", Type.CID);
        return List.of(
                Method.procedure("com.atproto.repo.createRecord", Auth.STANDARD, create, this::createRecord)
                        .maxBody(MAX_BODY)
                        .costing(call -> points(call, 3)),
                Method.procedure("com.atproto.repo.putRecord", Auth.STANDARD, put, this::putRecord)
                        .maxBody(MAX_BODY)
                        .costing(call -> points(call, 2)),
                Method.procedure("com.atproto.repo.deleteRecord", Auth.STANDARD, delete, this::deleteRecord)
                        .costing(call -> points(call, 1)),
                Method.procedure(APPLY_WRITES, Auth.STANDARD, apply, this::applyWrites)
                        .maxBody(MAX_BODY)
                        .costing(call -> points(call, writePoints(call.input))),
                Method.procedure("com.atproto.repo.uploadBlob", Auth.STANDARD.unlessTakenDown(), this::uploadBlob)
                        .takesBlob(Blobs.MAX_SIZE)
                        .permitting((permissions, request) -> permissions.requireBlob(Bodies.mediaType(request)))
                        .costing(call ->
                                List.of(new RateLimits.Cost(RateLimits.Limit.UPLOADS, call.request.remote(), 1))));
    }

    private static List<RateLimits.Cost> points(Call call, int points) {
        String did = call.claims().did();
        return List.of(
                new RateLimits.Cost(RateLimits.Limit.WRITES_HOUR, did, points),
                new RateLimits.Cost(RateLimits.Limit.WRITES_DAY, did, points));
    }

    private static int writePoints(LexMap input) {
        int points = 0;
        LexArray writes = input.getArray("writes");
        for (LexValue write : writes == null ? LexArray.of() : writes) {
            String type = write instanceof LexMap map ? map.type() : null;
            points += (APPLY_WRITES + "#create").equals(type) ? 3 : (APPLY_WRITES + "#update").equals(type) ? 2 : 1;
        }
        return points;
    }

    /** Returns the account of the repository in the request, which must be the token's account. */
    private Account owner(Call call) {
        Account account = pds.accounts.find(call.field("repo"));
        if (account == null) {
            throw new XrpcError(403, "AccountNotFound", "Account not found");
        }
        if (account.removed()) {
            throw XrpcError.unauthorized("AccountTakedown", "Account has been taken down");
        }
        if (account.deactivated) {
            throw XrpcError.unauthorized("AccountDeactivated", "Account is deactivated");
        }
        if (!account.did.equals(call.claims().did())) {
            throw XrpcError.unauthorized();
        }
        return account;
    }

    /** Checks whether an OAuth session's scopes allow a write. Other sessions may write all records. */
    private static void require(Call call, String action, String collection) {
        Permissions permissions = call.claims().permissions();
        if (permissions != null) {
            permissions.requireRepo(collection, action);
        }
    }

    private static LexMap record(Call call) {
        LexMap record = call.input.getMap("record");
        LexMap checked = record == null ? LexMap.of() : record;
        Records.rejectFloats(checked, RECORD);
        return checked;
    }

    private Response createRecord(Call call) {
        LexMap record = record(call);
        Account account = owner(call);
        String collection = call.field("collection");
        require(call, "create", collection);
        Boolean validate = call.input.getBoolean("validate");
        Repo.Write write = pds.records.write(
                Repo.Action.CREATE, collection, call.input.getString("rkey"), record, RECORD, validate, null);
        List<Repo.Write> writes = new ArrayList<>();
        if (!Boolean.FALSE.equals(validate)) {
            replaced(account, collection, record).forEach(key -> writes.add(pds.records.delete(collection, key, null)));
        }
        writes.add(write);
        pds.records.apply(account, writes, call.input.getString("swapCommit"));
        return written(account, write, true);
    }

    private static List<String> replaced(Account account, String collection, LexMap record) {
        String subject = subject(record);
        if (subject == null || !ONE_PER_SUBJECT.contains(collection)) {
            return List.of();
        }
        return account.repo.records(collection).values().stream()
                .filter(entry -> subject.equals(subject(entry.value())))
                .map(Repo.Entry::key)
                .toList();
    }

    private static @Nullable String subject(LexMap record) {
        LexMap strong = record.getMap("subject");
        return strong != null ? strong.getString("uri") : record.getString("subject");
    }

    private static Response written(Account account, Repo.Write write, boolean changed) {
        LexMap.Builder body = LexMap.builder()
                .put("uri", RepoReadMethods.uri(account, write.collection(), write.key()))
                .put("cid", String.valueOf(write.cid()));
        if (changed) {
            body.put("commit", commit(account));
        }
        String status = write.validationStatus();
        return Response.json((status == null ? body : body.put("validationStatus", status)).build());
    }

    private static LexMap commit(Account account) {
        return LexMap.builder()
                .put("cid", account.repo.commit().toString())
                .put("rev", account.repo.rev())
                .build();
    }

    private static @Nullable Optional<String> swap(LexMap input) {
        return input.containsKey("swapRecord") ? Optional.ofNullable(input.getString("swapRecord")) : null;
    }

    private Response putRecord(Call call) {
        LexMap record = record(call);
        Account account = owner(call);
        String collection = call.field("collection");
        require(call, "create", collection);
        require(call, "update", collection);
        String key = call.field("rkey");
        Repo.Entry current = account.repo.get(collection, key);
        Repo.Write write = pds.records.write(
                current == null ? Repo.Action.CREATE : Repo.Action.UPDATE,
                collection,
                key,
                record,
                RECORD,
                call.input.getBoolean("validate"),
                swap(call.input));
        if (current != null && current.cid().toString().equals(String.valueOf(write.cid()))) {
            return written(account, write, false);
        }
        pds.records.apply(account, List.of(write), call.input.getString("swapCommit"));
        return written(account, write, true);
    }

    private Response deleteRecord(Call call) {
        Account account = owner(call);
        String collection = call.field("collection");
        require(call, "delete", collection);
        String key = call.field("rkey");
        if (account.repo.get(collection, key) == null) {
            return Response.json(LexMap.of());
        }
        Repo.Write write = pds.records.delete(collection, key, swap(call.input));
        pds.records.apply(account, List.of(write), call.input.getString("swapCommit"));
        return Response.json(LexMap.of("commit", commit(account)));
    }

    private Response applyWrites(Call call) {
        LexArray writes = call.input.getArray("writes");
        LexArray requested = writes == null ? LexArray.of() : writes;
        for (int i = 0; i < requested.size(); i++) {
            check(requested.get(i), "$.writes[" + i + "]");
        }
        Account account = owner(call);
        if (requested.size() > MAX_WRITES) {
            throw XrpcError.invalidRequest("Too many writes. Max: " + MAX_WRITES);
        }
        for (String action : List.of("create", "update", "delete")) {
            requested.stream()
                    .map(LexMap.class::cast)
                    .filter(write -> (APPLY_WRITES + "#" + action).equals(write.type()))
                    .forEach(write -> require(call, action, String.valueOf(write.getString("collection"))));
        }
        List<Repo.Write> prepared = new ArrayList<>();
        for (int i = 0; i < requested.size(); i++) {
            String at = "$.writes[" + i + "].record";
            prepared.add(prepare((LexMap) requested.get(i), at, call.input.getBoolean("validate")));
        }
        pds.records.apply(account, prepared, call.input.getString("swapCommit"));
        return Response.json(LexMap.builder()
                .put("commit", commit(account))
                .put(
                        "results",
                        LexArray.copyOf(prepared.stream()
                                .map(write -> result(account, write))
                                .toList()))
                .build());
    }

    private static void check(LexValue write, String path) {
        LexValue type = write instanceof LexMap map ? map.get("$type") : null;
        if (type == null) {
            throw XrpcError.invalidRequest("Expected an object which includes the \"$type\" property value type (got "
                    + ShownValue.of(write) + ") at " + path);
        }
        InputSchema schema = switch (type.toString()) {
            case APPLY_WRITES + "#create" -> CREATE;
            case APPLY_WRITES + "#update" -> UPDATE;
            case APPLY_WRITES + "#delete" -> DELETE;
            default ->
                throw XrpcError.invalidRequest("Expected one of \"" + APPLY_WRITES + "#create\", \""
                        + APPLY_WRITES + "#update\" or \"" + APPLY_WRITES + "#delete\" (got " + ShownValue.of(type)
                        + ") at " + path + ".$type");
        };
        LexMap value = schema.object(write, path).getMap("value");
        if (value != null) {
            Records.rejectFloats(value, path + ".value");
        }
    }

    private Repo.Write prepare(LexMap write, String at, @Nullable Boolean validate) {
        String collection = String.valueOf(write.getString("collection"));
        String key = write.getString("rkey");
        LexMap value = write.getMap("value");
        if (value == null || (APPLY_WRITES + "#delete").equals(write.type())) {
            return pds.records.delete(collection, String.valueOf(key), null);
        }
        boolean creates = (APPLY_WRITES + "#create").equals(write.type());
        return pds.records.write(
                creates ? Repo.Action.CREATE : Repo.Action.UPDATE, collection, key, value, at, validate, null);
    }

    private static LexMap result(Account account, Repo.Write write) {
        if (write.action() == Repo.Action.DELETE) {
            return LexMap.builder().put("$type", APPLY_WRITES + "#deleteResult").build();
        }
        LexMap.Builder result = LexMap.builder()
                .put("cid", String.valueOf(write.cid()))
                .put("uri", RepoReadMethods.uri(account, write.collection(), write.key()));
        String status = write.validationStatus();
        if (status != null) {
            result.put("validationStatus", status);
        }
        return result.put(
                        "$type",
                        APPLY_WRITES + (write.action() == Repo.Action.CREATE ? "#createResult" : "#updateResult"))
                .build();
    }

    private Response uploadBlob(Call call) {
        Account account = pds.accounts.byDid(call.claims().did());
        if (account == null) {
            throw new XrpcError(403, "AccountNotFound", "Account not found");
        }
        Blobs.Blob blob = account.blobs.put(call.bytes, Bodies.mediaType(call.request), true);
        return Response.json(LexMap.of("blob", blob.reference()));
    }
}
