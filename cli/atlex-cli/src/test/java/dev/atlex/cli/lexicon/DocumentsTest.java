package dev.atlex.cli.lexicon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.LexiconDocument;
import dev.atlex.schema.document.LexiconDocuments;
import dev.atlex.schema.runtime.RuntimeSchemas;
import dev.atlex.syntax.Nsid;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    @Test
    void of_bundledMethod_readsOnlyTheDocumentsThatItNeeds() throws Exception {
        Nsid describe = Nsid.of("com.atproto.server.describeServer");
        assertThat(Documents.of(describe, null).all())
                .extracting(document -> document.id().toString())
                .containsExactly(describe.toString());
        Path all = Path.of(Documents.class.getResource("documents").toURI());
        int methods = 0;
        for (LexiconDocument document : LexiconDocuments.load(all).all()) {
            if (document.def("main") instanceof QueryDef || document.def("main") instanceof ProcedureDef) {
                // Fails if a referenced document is missing.
                RuntimeSchemas.of(Documents.of(document.id(), null))
                        .method(document.id().toString());
                methods++;
            }
        }
        assertThat(methods).isGreaterThan(200);
    }
}
