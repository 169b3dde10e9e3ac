package dev.atlex.cli.repo;

import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.IdentityOptions;
import dev.atlex.cli.runtime.Options;
import dev.atlex.cli.runtime.Table;
import dev.atlex.data.LexMap;
import dev.atlex.repo.Commit;
import dev.atlex.repo.RepoRecord;
import dev.atlex.repo.Repository;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Lists or unpacks a repository. */
public final class Repo implements Command {
    private final CommandContext context;
    private Action action = Action.ls;
    private String source = "";
    private @Nullable String folder;
    private @Nullable String collection;
    private final IdentityOptions identity = new IdentityOptions();

    /** The values of the first argument, spelled as on the command line. */
    enum Action {
        ls,
        unpack
    }

    /** Creates the command. */
    public Repo(CommandContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return CommandBuilder.of("repo", this)
                .description(
                        "List or unpack the records of a repository, from a CAR file or an account's own server. No sign-in is "
                                + "needed.",
                        "ls prints one object per line, in the order of the keys: {\"uri\",\"cid\",\"bytes\"}. On a terminal, it "
                                + "prints a table.",
                        "unpack writes each record to DIR/COLLECTION/KEY.json, and prints {\"did\",\"rev\",\"commit\",\"folder\","
                                + "\"records\",\"skipped\"}. DIR must be new or empty. Names that Windows doesn't allow are percent-encoded. A record whose key or content is invalid is skipped with a "
                                + "warning; the exit status is then 2.",
                        "Each block is checked against its hash. The signature of the commit is not verified.")
                .examples(
                        "atlex repo ls alice.example.com --collection app.bsky.feed.post",
                        "atlex repo unpack backup.car alice-records")
                .add(Options.argument("ls|unpack", "Action.", Action.class, value -> action = value))
                .add(Options.argument(
                                "FILE|ACCOUNT",
                                "CAR file, - for stdin, or a handle or DID. A file of that name takes precedence.",
                                value -> source = value)
                        .index("1"))
                .add(Options.optionalArgument(
                                "DIR",
                                "Folder to unpack to. Default: the DID with underscores instead of colons.",
                                value -> folder = value)
                        .index("2"))
                .add(Options.text(
                        "--collection", "NSID", "Only the records of this collection.", value -> collection = value))
                .add(identity)
                .build();
    }

    @Override
    public Integer call() {
        if (action == Action.ls && folder != null) {
            throw Failure.usage("repo ls takes no folder (got \"" + folder + "\")");
        }
        Repository repository = Source.open(context, identity, source);
        Iterable<RepoRecord> records = collection == null ? repository.records() : repository.records(collection + "/");
        return action == Action.ls ? list(repository.commit(), records) : unpack(repository.commit(), records);
    }

    private int list(Commit commit, Iterable<RepoRecord> records) {
        Table table = new Table("COLLECTION", "KEY", "BYTES", "CID");
        for (RepoRecord record : records) {
            if (context.isForPeople()) {
                String bytes = Integer.toString(record.block().length);
                table.row(
                        record.collection(), record.rkey(), bytes, record.cid().toString());
            } else {
                context.print(LexMap.builder()
                        .put("uri", "at://" + commit.did() + "/" + record.key())
                        .put("cid", record.cid().toString())
                        .put("bytes", record.block().length)
                        .build());
            }
        }
        if (context.isForPeople()) {
            context.print(table);
        }
        return 0;
    }

    private int unpack(Commit commit, Iterable<RepoRecord> records) {
        Path target = folder(commit);
        Unpacker unpacker = new Unpacker(context, target);
        records.forEach(unpacker::write);
        context.showFields(LexMap.builder()
                .put("did", commit.did().toString())
                .put("rev", commit.rev().toString())
                .put("commit", commit.cid().toString())
                .put("folder", target.toString())
                .put("records", unpacker.written())
                .put("skipped", unpacker.skipped())
                .build());
        return unpacker.skipped() == 0 ? 0 : Failure.WRONG_USE;
    }

    private Path folder(Commit commit) {
        String name = folder == null ? commit.did().toString().replace(':', '_') : folder;
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw Failure.input("not a valid folder name (got \"" + name + "\")");
        }
    }
}
