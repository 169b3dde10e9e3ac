package dev.atlex.testkit.internal;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.testkit.internal.InputSchema.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/** The {@code com.atproto.repo} methods that read records. */
final class RepoReadMethods {
    private final Pds pds;

    RepoReadMethods(Pds pds) {
        this.pds = pds;
    }

    List<Method> methods() {
        InputSchema record = InputSchema.of()
                .required("repo", Type.AT_IDENTIFIER)
                .required("collection", Type.NSID)
                .required("rkey", Type.RECORD_KEY)
                .optional("cid", Type.CID);
        InputSchema list = InputSchema.of()
                .required("repo", Type.AT_IDENTIFIER)
                .required("collection", Type.NSID)
                .optional("limit", Type.LIMIT)
                .optional("cursor", Type.STRING)
                .optional("reverse", Type.BOOLEAN);
        return List.of(
                Method.query("com.atproto.repo.getRecord", Auth.NONE, record, this::getRecord),
                Method.query("com.atproto.repo.listRecords", Auth.NONE, list, this::listRecords),
                Method.query(
                        "com.atproto.repo.describeRepo",
                        Auth.NONE,
                        InputSchema.of().required("repo", Type.AT_IDENTIFIER),
                        this::describeRepo));
    }

    private Response getRecord(Call call) {
        Account account = pds.accounts.findActive(call.param("repo"));
        if (account == null) {
            throw XrpcError.upstream();
        }
        String collection = call.param("collection");
        String key = call.param("rkey");
        Repo.Entry entry = account.repo.get(collection, key);
        String cid = call.params.getString("cid");
        if (entry == null || cid != null && !cid.equals(entry.cid().toString())) {
            throw XrpcError.badRequest("RecordNotFound", "Could not locate record: " + uri(account, collection, key));
        }
        return Response.json(view(account, entry));
    }

    static String uri(Account account, String collection, String key) {
        return "at://" + account.did + "/" + collection + "/" + key;
    }

    private static LexMap view(Account account, Repo.Entry entry) {
        return LexMap.builder()
                .put("uri", uri(account, entry.collection(), entry.key()))
                .put("cid", entry.cid().toString())
                .put("value", entry.value())
                .build();
    }

    private Response listRecords(Call call) {
        Account account = pds.accounts.findActive(call.param("repo"));
        if (account == null) {
            throw XrpcError.invalidRequest("Could not find repo: " + call.param("repo"));
        }
        boolean ascending = Boolean.TRUE.equals(call.params.getBoolean("reverse"));
        String cursor = call.params.getString("cursor");
        NavigableMap<String, Repo.Entry> all = account.repo.records(call.param("collection"));
        NavigableMap<String, Repo.Entry> rest = ascending ? all : all.descendingMap();
        if (cursor != null) {
            rest = rest.tailMap(cursor, false);
        }
        List<LexValue> views = new ArrayList<>();
        String last = null;
        for (Repo.Entry entry : rest.values()) {
            if (views.size() == call.limit(50)) {
                break;
            }
            views.add(view(account, entry));
            last = entry.key();
        }
        LexMap.Builder body = LexMap.builder().put("records", LexArray.copyOf(views));
        return Response.json((last == null ? body : body.put("cursor", last)).build());
    }

    private Response describeRepo(Call call) {
        Account account = SyncMethods.available(pds, call.param("repo"), null);
        return Response.json(LexMap.builder()
                .put("handle", account.handle)
                .put("did", account.did)
                .put("didDoc", pds.didDocuments.of(account))
                .put(
                        "collections",
                        LexArray.copyOf(account.repo.collections().stream()
                                .map(LexValue::of)
                                .toList()))
                .put("handleIsCorrect", true)
                .build());
    }
}
