package dev.atlex.spring.test;

import dev.atlex.testkit.LocalPds;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** Clears the recorded requests and the faults before each test method. */
final class LocalPdsTestExecutionListener implements TestExecutionListener {
    LocalPdsTestExecutionListener() {}

    @Override
    public void beforeTestMethod(TestContext test) {
        if (!test.hasApplicationContext()) {
            return;
        }
        ApplicationContext context = test.getApplicationContext();
        if (context.containsBean(LocalPdsContextCustomizer.BEAN)
                && context.getBean(LocalPdsContextCustomizer.BEAN) instanceof LocalPds pds) {
            pds.clearRequests();
            pds.faults().clear();
        }
    }
}
