package dev.atlex.spring.oauth;

import dev.atlex.oauth.ClientMetadata;
import dev.atlex.oauth.OAuthClient;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches if the application is configured to let users sign in with OAuth. */
final class OnOAuthCondition extends AnyNestedCondition {
    OnOAuthCondition() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @Conditional(OnProperties.class)
    static final class HasProperties {}

    @ConditionalOnBean(OAuthClient.class)
    static final class HasClient {}

    @ConditionalOnBean(ClientMetadata.class)
    static final class HasMetadata {}

    /** Matches if any property is set, so that missing required properties are reported. */
    static final class OnProperties extends SpringBootCondition {
        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            boolean set = Binder.get(context.getEnvironment())
                    .bind(AtlexOAuthProperties.PREFIX, Bindable.mapOf(String.class, Object.class))
                    .isBound();
            String message = AtlexOAuthProperties.PREFIX + (set ? ".* is set" : ".* is not set");
            return new ConditionOutcome(set, ConditionMessage.of(message));
        }
    }
}
