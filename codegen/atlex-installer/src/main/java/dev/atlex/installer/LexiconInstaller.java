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
 * Installs documents and everything they refer to into a folder, and pins them in a manifest, like {@code lex install}
 * in the TypeScript packages.
 *
 * <p>A document is located through its authority: DNS returns a DID, the DID document specifies a server, and the
 * server stores the document as a record. The CID of each record is computed and must match the one in the response.
 * Unlike the TypeScript implementation, the installer doesn't verify the repository's signature. The first installation
 * trusts the DID's server over HTTPS; later ones trust the pinned CID.
 *
 * <p>All documents are fetched and checked before any file is written. The manifest is written last.
 */
public final class LexiconInstaller {
    static final Nsid COLLECTION = Nsid.of(Schema.TYPE);

    private final LexiconNetwork network;
    private final Path lexicons;
    private final Path manifestFile;
    private final Consumer<? super Nsid> progress;
    private final InstallLimits limits;

    /**
     * Creates an installer with default limits.
     *
     * @param lexicons the folder for the documents; it need not exist
     * @param manifest the file that pins the documents, by convention {@code lexicons.json}; it need not exist
     */
    public LexiconInstaller(LexiconNetwork network, Path lexicons, Path manifest) {
        this(network, lexicons, manifest, nsid -> {});
    }

    /**
     * Like {@link #LexiconInstaller(LexiconNetwork, Path, Path)}, but reports progress.
     *
     * @param progress called with each document just before it is fetched, on the caller's thread
     */
    public LexiconInstaller(LexiconNetwork network, Path lexicons, Path manifest, Consumer<? super Nsid> progress) {
        this(network, lexicons, manifest, progress, InstallLimits.DEFAULTS);
    }

    /**
     * Like {@link #LexiconInstaller(LexiconNetwork, Path, Path, Consumer)}, but with limits.
     *
     * @param limits the limits on documents that are fetched because other documents refer to them
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
     * The result of an installation.
     *
     * @param fetched the documents fetched from the network
     * @param manifest the new manifest
     */
    public record Result(SortedSet<Nsid> fetched, LexiconManifest manifest) {}

    /**
     * Installs the documents in the manifest and the given ones. Documents that are already in the folder are used and
     * pinned unchanged. Missing ones are fetched from the address in the manifest, or else from the authority of the
     * NSID.
     *
     * @param additions the documents to add, as NSIDs or as {@code at://} URIs of records
     * @throws InstallException if a document can't be fetched or differs from its pinned version, or a file can't be
     *     read or written
     * @throws InstallLimitException if the documents refer to more than the {@link InstallLimits} allow
     * @throws dev.atlex.data.InvalidSyntaxException if an addition is neither an NSID nor an {@code at://} URI
     * @throws IllegalArgumentException if a URI isn't the address of a record with a DID, or a document is requested
     *     from two addresses
     */
    public Result install(Collection<String> additions) {
        return run(additions, Mode.INSTALL);
    }

    /** Like {@link #install}, but fetches all documents again and pins their current versions. */
    public Result update(Collection<String> additions) {
        return run(additions, Mode.UPDATE);
    }

    /**
     * Checks that the folder has the documents that the manifest pins, and fetches missing ones. Intended for
     * continuous integration, because the manifest isn't changed.
     *
     * @throws InstallException if there is no manifest, or a document in the folder or the network differs from it
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
            throw new InstallException(manifestFile + ": file not found");
        }
        LexiconManifest known = before == null ? LexiconManifest.EMPTY : before;
        LexiconFolder folder = new LexiconFolder(lexicons, manifestFile);
        InstallRun run = new InstallRun(network, known, mode == Mode.UPDATE ? null : folder, progress, limits);
        LexiconManifest after = run.resolveAll(roots);
        if (mode == Mode.VERIFY) {
            checkUpToDate(known, after);
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
                throw new IllegalArgumentException(nsid + " is requested from two addresses");
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
            throw new InstallException("failed to read " + manifestFile + ": " + e, e);
        } catch (LexDataException e) {
            throw new InstallException(manifestFile + ": " + e.getMessage(), e);
        }
    }

    private void checkUpToDate(LexiconManifest before, LexiconManifest after) {
        List<String> differences = new ArrayList<>();
        after.resolutions().forEach((nsid, now) -> {
            Resolution pinned = before.resolutions().get(nsid);
            if (pinned == null) {
                differences.add(nsid + " is required but not pinned");
            } else if (!pinned.cid().equals(now.cid())) {
                differences.add(nsid + " has the CID " + now.cid() + " but is pinned as " + pinned.cid());
            }
        });
        before.resolutions().keySet().stream()
                .filter(nsid -> !after.resolutions().containsKey(nsid))
                .forEach(nsid -> differences.add(nsid + " is pinned but not required"));
        if (!differences.isEmpty()) {
            throw new InstallException(manifestFile + " is out of date: " + String.join("; ", differences));
        }
    }
}
