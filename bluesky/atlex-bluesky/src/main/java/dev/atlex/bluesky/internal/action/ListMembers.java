package dev.atlex.bluesky.internal.action;

import app.bsky.graph.GetListsWithMembership;
import app.bsky.graph.GetListsWithMembership.ListWithMembership;
import app.bsky.graph.GraphDefs.ListItemView;
import app.bsky.graph.Listitem;
import dev.atlex.bluesky.internal.DidLookup;
import dev.atlex.bluesky.internal.RepeatableCalls;
import dev.atlex.bluesky.internal.post.PostLookup;
import dev.atlex.client.Client;
import dev.atlex.client.ListedRecord;
import dev.atlex.client.RecordPage;
import dev.atlex.client.WriteOptions;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.RecordKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Members of the account's own lists. */
public final class ListMembers {
    private static final int PAGE = 100;

    private final Client client;
    private final Clock clock;
    private final DidLookup dids;
    private final SubjectRecords items;

    /** @param client a client of the account */
    public ListMembers(Client client, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.dids = new DidLookup(client);
        this.items = new SubjectRecords(client, Listitem.RECORD);
    }

    public AtUri add(AtUri list, AtIdentifier member) {
        AtUri own = own("add", list);
        Did did = dids.did(member);
        Membership membership = membership(own, did);
        return items.create(
                RecordSubject.member(own, did),
                membership.item(),
                Listitem.builder()
                        .list(own)
                        .subject(did)
                        .createdAt(clock.instant())
                        .build());
    }

    public void remove(AtUri list, AtIdentifier member) {
        AtUri own = own("remove", list);
        Did did = dids.did(member);
        Membership membership = membership(own, did);
        items.delete(RecordSubject.member(own, did), membership.item(), membership.lookedUp());
    }

    /** Deletes a list. Its memberships are deleted first, so that an interrupted delete can be repeated. */
    public void delete(AtUri list) {
        AtUri own = own("delete", list);
        List<RecordKey> keys = new ArrayList<>();
        for (RecordPage<Listitem> page : client.listAll(Listitem.RECORD, o -> o.limit(PAGE))) {
            for (ListedRecord<Listitem> item : page.records()) {
                if (item instanceof ListedRecord.Valid<Listitem> valid
                        && valid.value().list().equals(own)) {
                    keys.add(Objects.requireNonNull(valid.uri().recordKey()));
                }
            }
        }
        WriteOptions repeatable = WriteOptions.of(o -> o.call(RepeatableCalls.options(client)));
        keys.forEach(key -> client.deleteRecord(Listitem.RECORD.collection(), key, repeatable));
        client.delete(app.bsky.graph.List.RECORD, own, repeatable);
    }

    /** @throws IllegalArgumentException if the list belongs to a different account */
    private AtUri own(String operation, AtUri list) {
        AtUri uri = ListUris.withDid(operation, list, dids);
        if (!uri.authority().equals(client.did())) {
            throw new IllegalArgumentException(operation + ": the list belongs to another account (got " + list
                    + ", signed in as " + client.did() + ")");
        }
        return uri;
    }

    /**
     * The AppView's state of a membership.
     *
     * @param item the record, or null
     * @param lookedUp whether the AppView returned its state
     */
    private record Membership(@Nullable AtUri item, boolean lookedUp) {}

    private Membership membership(AtUri list, Did member) {
        try {
            AtUri item = client.pages(
                            GetListsWithMembership.QUERY, p -> p.actor(member).limit(PAGE))
                    .items(GetListsWithMembership.Output::listsWithMembership)
                    .filter(found -> found.list().uri().equals(list))
                    .map(ListWithMembership::listItem)
                    .filter(Objects::nonNull)
                    .map(ListItemView::uri)
                    .findFirst()
                    .orElse(null);
            return new Membership(item, true);
        } catch (XrpcResponseException e) {
            if (e.status() == 400 || PostLookup.isWithoutAppView(e)) {
                return new Membership(null, false);
            }
            throw e;
        }
    }
}
