/** GS1's words: identifiers, EPCIS 2.0 documents and the CBV 2.0 event hash. Knows no ledger and no database. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.clearmarket.gateway.provenance;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
