package dev.atlex.codegen.internal;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** The constants of one codec that hold its fields' constraints; of equal ones, one. */
final class Rules {
    private final Map<String, FieldSpec> constants = new LinkedHashMap<>();
    private final Map<String, Integer> names = new LinkedHashMap<>();

    /** A reference to a constant of that value. */
    CodeBlock constant(TypeName type, String property, CodeBlock value) {
        FieldSpec constant = constants.computeIfAbsent(
                value.toString(),
                key -> FieldSpec.builder(type, name(property), Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                        .initializer(value)
                        .build());
        return CodeBlock.of("$N", constant);
    }

    private String name(String property) {
        String name = Names.constant(property);
        int count = names.merge(name, 1, Integer::sum);
        return count == 1 ? name : name + "_" + count;
    }

    void addTo(TypeSpec.Builder codec) {
        codec.addFields(constants.values());
    }
}
