package dev.atlex.cli;

import dev.atlex.data.LexMap;
import dev.atlex.session.SessionData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Stored sessions as commands show them: without their tokens. */
final class Accounts {
    private Accounts() {}

    /** {@code {"did","handle","service","pds","active","status"}}, the last four where they are known. */
    static LexMap describe(SessionData data) {
        LexMap.Builder account = LexMap.builder()
                .put("did", data.did().toString())
                .put("handle", data.handle().toString())
                .put("service", data.service().toString());
        if (data.pds() != null) {
            account.put("pds", data.pds().toString());
        }
        account.put("active", data.active());
        if (data.status() != null) {
            account.put("status", data.status());
        }
        return account.build();
    }

    static List<SessionData> sorted(List<SessionData> sessions) {
        List<SessionData> sorted = new ArrayList<>(sessions);
        sorted.sort(Comparator.comparing(SessionData::did));
        return sorted;
    }
}
