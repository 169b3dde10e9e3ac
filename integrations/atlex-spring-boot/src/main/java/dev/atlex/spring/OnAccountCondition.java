package dev.atlex.spring;

import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches if the application has an account of its own. */
final class OnAccountCondition extends AnyNestedCondition {
    OnAccountCondition() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @Conditional(OnHandle.class)
    static final class HasHandle {}

    @ConditionalOnBean(Credentials.class)
    static final class HasCredentials {}

    @ConditionalOnBean(PasswordSession.class)
    static final class HasSession {}

    /**
     * Matches if {@code atlex.handle} is set. Unlike Spring's own condition, it doesn't match an empty value, which
     * {@link AtlexProperties} treats as missing. For example, {@code ${BOT_HANDLE:}} makes the account optional.
     */
    static final class OnHandle extends SpringBootCondition {
        private static final String PROPERTY = "atlex.handle";

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            String handle = context.getEnvironment().getProperty(PROPERTY);
            return handle == null || handle.isBlank()
                    ? ConditionOutcome.noMatch(ConditionMessage.of(PROPERTY + " is missing or empty"))
                    : ConditionOutcome.match(ConditionMessage.of(PROPERTY + " is set"));
        }
    }
}
