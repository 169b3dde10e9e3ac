package dev.atlex.installer;

import com.atproto.repo.GetRecord;
import dev.atlex.client.Agent;
import dev.atlex.client.Client;
import dev.atlex.client.XrpcTransportException;
import dev.atlex.data.Cid;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.identity.IdentityException;
import dev.atlex.installer.LexiconManifest.Resolution;
import dev.atlex.schema.document.LexiconDocument;
import dev.atlex.schema.document.LexiconProblem;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of the installer: follows references breadth-first until all documents are available.
 *
 * <p>References come from untrusted sources. Each document is visited once, which ends cycles, and
 * {@link InstallLimits} bound everything else. The DID of each authority and the server of each DID are looked up once.
 */
final class InstallRun {
    private final LexiconNetwork network;
    private final LexiconManifest before;
    private final @Nullable LexiconFolder folder;
    private final Consumer<? super Nsid> progress;
    private final InstallLimits limits;
    private final Map<Nsid, LexMap> fetched = new TreeMap<>();
    private final SortedMap<Nsid, Resolution> resolutions = new TreeMap<>();
    private final Map<String, Did> authorities = new HashMap<>();
    private final Map<String, LexException> unknown = new HashMap<>();
    private final Map<Did, URI> servers = new HashMap<>();
    private final Deque<Step> open = new ArrayDeque<>();
    private final Set<Nsid> seen = new HashSet<>();
    private int referred;
    private long bytes;

    /**
     * Creates a run.
     *
     * @param folder the existing documents, or null to fetch all documents again and ignore pins
     */
    InstallRun(
            LexiconNetwork network,
            LexiconManifest before,
            @Nullable LexiconFolder folder,
            Consumer<? super Nsid> progress,
            InstallLimits limits) {
        this.network = network;
        this.before = before;
        this.folder = folder;
        this.progress = progress;
        this.limits = limits;
    }

    /**
     * A document to visit.
     *
     * @param referrer the first document that refers to it, or null if it was requested
     * @param depth the number of references that lead to it
     */
    private record Step(Nsid nsid, @Nullable Nsid referrer, int depth) {
        String name() {
            return nsid + (referrer == null ? "" : " (" + referrer + " refers to it)");
        }
    }

    /** Returns the fetched documents. */
    Map<Nsid, LexMap> fetched() {
        return fetched;
    }

    /**
     * Finds all documents.
     *
     * @param additions the documents that are requested in addition to those in the manifest, with their addresses if
     *     known
     * @return the new manifest
     * @throws InstallException if a document can't be fetched, or differs from its pinned version
     */
    LexiconManifest resolveAll(SortedMap<Nsid, @Nullable AtUri> additions) {
        SortedSet<Nsid> requested = new TreeSet<>(before.lexicons());
        requested.addAll(additions.keySet());
        for (Nsid nsid : requested) {
            seen.add(nsid);
            open.add(new Step(nsid, null, 0));
        }
        List<LexiconProblem> failures = new ArrayList<>();
        LexException last = null;
        for (Step step = open.poll(); step != null; step = open.poll()) {
            try {
                LexiconDocument document =
                        resolve(step, additions.containsKey(step.nsid()), additions.get(step.nsid()));
                for (Nsid reference : References.of(document)) {
                    follow(step, reference);
                }
            } catch (InstallLimitException e) {
                throw e;
            } catch (LexException e) {
                failures.add(new LexiconProblem(step.name(), "", String.valueOf(e.getMessage())));
                last = e;
                if (isNetworkFailure(e)) {
                    // Further documents would fail in the same way, after the same wait.
                    break;
                }
            }
        }
        if (failures.size() == 1) {
            throw new InstallException(failures.get(0).toString(), last);
        } else if (!failures.isEmpty()) {
            Collections.sort(failures);
            throw new InstallException(failures, last);
        }
        return new LexiconManifest(requested, resolutions);
    }

    private static boolean isNetworkFailure(LexException e) {
        return e instanceof XrpcTransportException || e instanceof IdentityException identity && identity.retryable();
    }

    private void follow(Step from, Nsid reference) {
        if (!seen.add(reference)) {
            return;
        }
        Step step = new Step(reference, from.nsid(), from.depth() + 1);
        boolean known = folder != null
                && (folder.get(reference) != null || before.resolutions().containsKey(reference));
        if (!known) {
            if (++referred > limits.maxDocuments()) {
                throw new InstallLimitException(
                        "maxDocuments",
                        limits.maxDocuments(),
                        step.name() + ": more than " + limits.maxDocuments() + " referenced documents");
            } else if (step.depth() > limits.maxDepth()) {
                throw new InstallLimitException(
                        "maxDepth",
                        limits.maxDepth(),
                        step.name() + ": more than " + limits.maxDepth() + " references in a chain");
            }
        }
        open.add(step);
    }

    /**
     * Returns the document of a step.
     *
     * @param added whether the caller requested it; its pin is then ignored
     */
    private LexiconDocument resolve(Step step, boolean added, @Nullable AtUri from) {
        Nsid nsid = step.nsid();
        Resolution pinned = added ? null : before.resolutions().get(nsid);
        AtUri uri = pinned == null ? from : pinned.uri();
        LexMap json = folder == null ? null : folder.get(nsid);
        if (uri == null || json == null) {
            progress.accept(nsid);
        }
        if (uri == null) {
            uri = AtUri.of(authority(nsid), LexiconInstaller.COLLECTION, RecordKey.of(nsid.toString()));
        }
        if (json == null) {
            json = fetch(step, uri);
            if (folder != null && pinned != null) {
                checkPin(pinned, json.cid(), uri);
            }
            fetched.put(nsid, json);
        }
        LexiconDocument document = LexiconDocument.parse(json);
        if (!document.id().equals(nsid)) {
            throw new LexDataException("$.id", "expected " + nsid + " (got " + document.id() + ")");
        }
        resolutions.put(nsid, new Resolution(uri, json.cid()));
        return document;
    }

    /** Returns the DID of the NSID's authority. Failures are cached too. */
    private Did authority(Nsid nsid) {
        LexException failure = unknown.get(nsid.authority());
        if (failure != null) {
            throw failure;
        }
        Did known = authorities.get(nsid.authority());
        if (known == null) {
            try {
                known = network.authority().apply(nsid);
            } catch (LexException e) {
                unknown.put(nsid.authority(), e);
                throw e;
            }
            authorities.put(nsid.authority(), known);
        }
        return known;
    }

    private URI server(Did did) {
        URI known = servers.get(did);
        if (known == null) {
            known = network.server().apply(did);
            servers.put(did, known);
        }
        return known;
    }

    private static void checkPin(Resolution pinned, Cid now, AtUri uri) {
        if (!pinned.cid().equals(now)) {
            throw new InstallException(
                    uri + " has changed to " + now + " (pinned as " + pinned.cid() + "); run an update to accept it");
        }
    }

    private LexMap fetch(Step step, AtUri uri) {
        if (!(uri.authority() instanceof Did did) || uri.recordKey() == null) {
            throw new InstallException(uri + " is not the address of a record with a DID");
        }
        RecordKey key = Objects.requireNonNull(uri.recordKey());
        Client client = new Client(Agent.of(server(did), network.transport()));
        GetRecord.Output record = client.call(
                GetRecord.QUERY,
                p -> p.repo(did).collection(LexiconInstaller.COLLECTION).rkey(key));
        Cid cid = record.value().cid();
        if (record.cid() != null && !record.cid().equals(cid)) {
            throw new InstallException(uri + " has the CID " + cid + ", but the server returned " + record.cid());
        }
        bytes += record.value().toCbor().length;
        if (bytes > limits.maxBytes()) {
            throw new InstallLimitException(
                    "maxBytes",
                    limits.maxBytes(),
                    step.name() + ": the documents have more than " + limits.maxBytes() + " bytes in total");
        }
        return record.value();
    }
}
