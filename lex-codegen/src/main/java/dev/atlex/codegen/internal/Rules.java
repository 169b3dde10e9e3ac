package dev.atlex.codegen.internal;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** The constants of one codec that hold its fields' constraints; of equal ones, one. */
final class Rules {
    private final Map<String, FieldSpec> constants = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private final boolean inline;

    private Rules(boolean inline) {
        this.inline = inline;
    }

    /** Constants, to be added to a class. */
    static Rules constants() {
        return new Rules(false);
    }

    /** None: constraints stay where they are used. */
    static Rules inline() {
        return new Rules(true);
    }

    /** A reference to a constant of that value. */
    CodeBlock constant(TypeName type, String property, CodeBlock value) {
        if (inline) {
            return value;
        }
        FieldSpec constant = constants.computeIfAbsent(
                value.toString(),
                key -> FieldSpec.builder(type, name(property), Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                        .initializer(value)
                        .build());
        return CodeBlock.of("$N", constant);
    }

    private String name(String property) {
        String name = Names.constant(property);
        String free = name;
        for (int i = 2; !names.add(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    void addTo(TypeSpec.Builder codec) {
        codec.addFields(constants.values());
    }
}
