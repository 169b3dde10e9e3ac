package dev.atlex.conformance;

import com.atproto.server.GetSession;
import dev.atlex.client.Client;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.store.FileSessionStore;
import java.nio.file.Path;
import java.util.List;

/** A program that resumes the session stored in a folder, then prints its handle and the time. */
final class ResumeInAnotherProcess {
    private ResumeInAnotherProcess() {}

    public static void main(String[] arguments) {
        FileSessionStore store = new FileSessionStore(Path.of(arguments[0]));
        List<SessionData> sessions = store.list();
        PasswordSession session =
                PasswordSession.resume(sessions.get(0), SessionOptions.of(options -> options.store(store)));
        System.out.println(new Client(session).call(GetSession.QUERY).handle());
        System.out.println(System.currentTimeMillis());
    }
}
