package dev.atlex.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodegenOptionsTest {
    private static final CodegenOptions ALL = CodegenOptions.of(o -> o.lexicons(Path.of("lexicons"))
            .prose(Path.of("prose"))
            .deprecations(Path.of("deprecated.json"))
            .include(List.of("com.example.*"))
            .exclude(List.of("com.example.draft"))
            .dependencies(List.of(Path.of("types.jar")))
            .documentsElsewhere(Path.of("elsewhere"))
            .ignoreErrors(true)
            .output(Path.of("sources"))
            .resources(Path.of("resources"))
            .packagePrefix("com.example.lexicons")
            .module("com.example.module")
            .requires(List.of("com.example.other")));

    @Test
    void toBuilder_keepsEveryOption() {
        CodegenOptions copy = ALL.toBuilder().build();

        assertThat(copy).isNotSameAs(ALL).usingRecursiveComparison().isEqualTo(ALL);
        assertThat(copy.fingerprint()).isEqualTo(ALL.fingerprint());
    }

    @Test
    void toBuilder_changesACopy() {
        CodegenOptions changed = ALL.toBuilder().ignoreErrors(false).build();

        assertThat(changed.ignoreErrors()).isFalse();
        assertThat(ALL.ignoreErrors()).isTrue();
    }

    @Test
    void toString_showsEveryOption() {
        assertThat(ALL)
                .hasToString(
                        "CodegenOptions[lexicons=[lexicons], prose=[prose], deprecations=[deprecated.json], include=[com.example.*], exclude=[com.example.draft], "
                                + "dependencies=[types.jar], documentsElsewhere=elsewhere, ignoreErrors=true, output=sources, "
                                + "resources=resources, packagePrefix=com.example.lexicons, module=com.example.module, "
                                + "requires=[com.example.other]]");
    }

    @Test
    void of_withoutOutput_isRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CodegenOptions.of(o -> o.lexicons(Path.of("lexicons"))))
                .withMessage("missing output folder");
    }
}
