package dev.atlex.spring;

import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.store.SessionStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Saves and closes sessions when the application stops, in two steps that each have a time limit.
 *
 * <p>The first step runs when the context stops: web servers have finished their requests, and the database is still
 * available. It saves unsaved sessions and retries queued logouts. A context that is started again keeps using its
 * sessions. The second step runs when the context is closed. It closes the account's session, which logs out if no
 * later start can resume the session. Spring closes the pool and the store.
 */
final class SessionShutdown implements SmartLifecycle, DisposableBean {
    private static final System.Logger LOG = System.getLogger(SessionShutdown.class.getName());

    private final ConfigurableListableBeanFactory beans;
    private final @Nullable AccountSession account;
    private final SessionOptions options;
    private final Duration limit;
    private volatile boolean running;

    SessionShutdown(
            ConfigurableListableBeanFactory beans,
            @Nullable AccountSession account,
            SessionOptions options,
            Duration limit) {
        this.beans = beans;
        this.account = account;
        this.options = options;
        this.limit = limit;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Returns a phase that stops after the web server, whose phase is high, and before beans are destroyed. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public void stop() {
        running = false;
        within("saving sessions and finishing logouts", () -> {
            PasswordSession session = account == null ? null : account.opened();
            if (session != null && !session.isSaved()) {
                session.save();
            }
            for (SessionStore store : UsedBeans.of(beans, SessionStore.class)) {
                int left = PasswordSession.finishLogouts(
                        options.toBuilder().store(store).build());
                if (left > 0) {
                    LOG.log(System.Logger.Level.INFO, "{0} accounts still have queued logouts in {1}", left, store);
                }
            }
        });
    }

    @Override
    public void destroy() {
        if (account != null) {
            within("closing the session", account::close);
        }
    }

    /** Runs a step on a daemon thread, so that a slow server or database can't delay the end of the program. */
    private void within(String step, Runnable action) {
        Thread thread = new Thread(
                () -> {
                    try {
                        action.run();
                    } catch (RuntimeException e) {
                        LOG.log(System.Logger.Level.WARNING, step + " failed: " + AtlexHealth.reason(e));
                    }
                },
                "atlex-shutdown");
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(Math.max(1, TimeUnit.MILLISECONDS.convert(limit)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.log(System.Logger.Level.WARNING, "{0} did not finish within {1}; continuing to shut down", step, limit);
        }
    }
}
