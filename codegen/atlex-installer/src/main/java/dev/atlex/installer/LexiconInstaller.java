package dev.atlex.installer;

import com.atproto.lexicon.Schema;
import dev.atlex.data.LexDataException;
import dev.atlex.installer.LexiconManifest.Resolution;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gets documents, and all that they refer to, into a folder, and pins them in a manifest, as {@code lex install} of the
 * TypeScript packages does.
 *
 * <p>A document is found by its authority: the DNS names a DID, whose document names a server, which has the document as a
 * record. The record's CID is computed here and must be what the server says. Unlike upstream, the signature of the
 * repository is not checked: what comes is what the server of the DID says over HTTPS, and from then on what was pinned.
 *
 * <p>All is got and checked before anything is written; the manifest comes last.
 */
public final class LexiconInstaller {
    static final Nsid COLLECTION = Nsid.of(Schema.TYPE);

    private final LexiconNetwork network;
    private final Path lexicons;
    private final Path manifestFile;
    private final Consumer<? super Nsid> progress;
    private final InstallLimits limits;

    /**
     * @param lexicons the folder of the documents; it need not exist
     * @param manifest the file that pins them, {@code lexicons.json} by custom; it need not exist
     */
    public LexiconInstaller(LexiconNetwork network, Path lexicons, Path manifest) {
        this(network, lexicons, manifest, nsid -> {});
    }

    /**
     * As {@link #LexiconInstaller(LexiconNetwork, Path, Path)}, for who wants to see how far it is.
     *
     * @param progress is told of each document, just before the network is asked for it; on the thread of the caller
     */
    public LexiconInstaller(LexiconNetwork network, Path lexicons, Path manifest, Consumer<? super Nsid> progress) {
        this(network, lexicons, manifest, progress, InstallLimits.DEFAULTS);
    }

    /**
     * Like {@link #LexiconInstaller(LexiconNetwork, Path, Path, Consumer)}, with limits.
     *
     * @param limits bounds what is fetched because others refer to it
     */
    public LexiconInstaller(
            LexiconNetwork network,
            Path lexicons,
            Path manifest,
            Consumer<? super Nsid> progress,
            InstallLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.progress = Objects.requireNonNull(progress, "progress");
        this.network = Objects.requireNonNull(network, "network");
        this.lexicons = Objects.requireNonNull(lexicons, "lexicons");
        this.manifestFile = Objects.requireNonNull(manifest, "manifest");
    }

    /**
     * What was done.
     *
     * @param fetched the documents that were got from the network
     * @param manifest what is pinned now
     */
    public record Result(SortedSet<Nsid> fetched, LexiconManifest manifest) {}

    /**
     * Installs what the manifest names, and more. What is in the folder already is used as it is, and pinned as it is;
     * the rest is got from where the manifest says, or else from the authority of the NSID.
     *
     * @param additions NSIDs, or the {@code at://} URIs of records
     * @throws InstallException if a document can't be had, or is no longer what the manifest pins, or if a file can't be
     *     read or written
     * @throws InstallLimitException if the documents refer to more than the {@link InstallLimits} allow
     * @throws dev.atlex.data.InvalidSyntaxException if an addition is neither
     * @throws IllegalArgumentException if a URI is not that of a DID's record, or one document is added from two places
     */
    public Result install(Collection<String> additions) {
        return run(additions, Mode.INSTALL);
    }

    /** As {@link #install}, but all are got anew, and pinned as they are now. */
    public Result update(Collection<String> additions) {
        return run(additions, Mode.UPDATE);
    }

    /**
     * Checks that the folder has what the manifest pins, and gets what is missing: for continuous integration. The manifest
     * stays as it is.
     *
     * @throws InstallException if there is no manifest, or if anything in the folder or in the network differs from it
     */
    public Result verify() {
        return run(List.of(), Mode.VERIFY);
    }

    private enum Mode {
        INSTALL,
        UPDATE,
        VERIFY
    }

    private Result run(Collection<String> additions, Mode mode) {
        SortedMap<Nsid, @Nullable AtUri> roots = roots(additions);
        LexiconManifest before = readManifest();
        if (before == null && mode == Mode.VERIFY) {
            throw new InstallException(manifestFile + ": there is no such file");
        }
        LexiconManifest known = before == null ? LexiconManifest.EMPTY : before;
        LexiconFolder folder = new LexiconFolder(lexicons, manifestFile);
        InstallRun run = new InstallRun(network, known, mode == Mode.UPDATE ? null : folder, progress, limits);
        LexiconManifest after = run.all(roots);
        if (mode == Mode.VERIFY) {
            checkSame(known, after);
        }
        run.fetched().forEach(folder::write);
        if (mode != Mode.VERIFY && !after.equals(before)) {
            LexiconFolder.write(manifestFile, after.toJson());
        }
        return new Result(new TreeSet<>(run.fetched().keySet()), after);
    }

    private static SortedMap<Nsid, @Nullable AtUri> roots(Collection<String> additions) {
        SortedMap<Nsid, @Nullable AtUri> roots = new TreeMap<>();
        for (String addition : additions) {
            AtUri uri = addition.startsWith("at://") ? AtUri.of(addition) : null;
            RecordKey key = uri == null ? null : uri.recordKey();
            if (uri != null && (key == null || !(uri.authority() instanceof Did))) {
                throw new IllegalArgumentException(addition + ": expected at://DID/" + COLLECTION + "/NSID");
            }
            Nsid nsid = Nsid.of(key == null ? addition : key.toString());
            if (roots.containsKey(nsid) && !Objects.equals(roots.get(nsid), uri)) {
                throw new IllegalArgumentException(nsid + " is added from two places");
            }
            roots.put(nsid, uri);
        }
        return roots;
    }

    private @Nullable LexiconManifest readManifest() {
        try {
            return LexiconManifest.parse(Files.readAllBytes(manifestFile));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new InstallException(manifestFile + " can't be read: " + e, e);
        } catch (LexDataException e) {
            throw new InstallException(manifestFile + ": " + e.getMessage(), e);
        }
    }

    private void checkSame(LexiconManifest before, LexiconManifest after) {
        List<String> differences = new ArrayList<>();
        after.resolutions().forEach((nsid, now) -> {
            Resolution pinned = before.resolutions().get(nsid);
            if (pinned == null) {
                differences.add(nsid + " is needed and not pinned");
            } else if (!pinned.cid().equals(now.cid())) {
                differences.add(nsid + " is " + now.cid() + ", and pinned as " + pinned.cid());
            }
        });
        before.resolutions().keySet().stream()
                .filter(nsid -> !after.resolutions().containsKey(nsid))
                .forEach(nsid -> differences.add(nsid + " is pinned and not needed"));
        if (!differences.isEmpty()) {
            throw new InstallException(manifestFile + " is out of date: " + String.join("; ", differences));
        }
    }
}
