package dev.atlex.spring;

import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/** Matches if the application has an account of its own. */
final class OnAccountCondition extends AnyNestedCondition {
    OnAccountCondition() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnProperty("atlex.handle")
    static final class HasHandle {}

    @ConditionalOnBean(Credentials.class)
    static final class HasCredentials {}

    @ConditionalOnBean(PasswordSession.class)
    static final class HasSession {}
}
