/** Sheets of labels to print. Knows no server. */
@NullMarked
@ApplicationModule(allowedDependencies = {"provenance"})
package io.clearmarket.gateway.labels;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
