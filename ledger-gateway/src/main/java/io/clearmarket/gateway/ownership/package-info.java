/** Who has an item, proven by their key, and how it is handed on from one key to another. */
@NullMarked
@ApplicationModule(allowedDependencies = {"config", "identity", "labels", "readmodel"})
package io.clearmarket.gateway.ownership;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
