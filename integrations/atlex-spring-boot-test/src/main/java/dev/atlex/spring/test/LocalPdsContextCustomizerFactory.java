package dev.atlex.spring.test;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Finds {@link AutoConfigureLocalPds} on test classes, their superclasses and enclosing classes. */
final class LocalPdsContextCustomizerFactory implements ContextCustomizerFactory {
    LocalPdsContextCustomizerFactory() {}

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        AutoConfigureLocalPds found =
                TestContextAnnotationUtils.findMergedAnnotation(testClass, AutoConfigureLocalPds.class);
        return found == null ? null : new LocalPdsContextCustomizer(found.handle(), found.password());
    }
}
