/** Hosted checkouts: a merchant's offer behind a link, which a buyer takes up with keys of their own. */
@NullMarked
@ApplicationModule(allowedDependencies = {"config", "identity", "readmodel"})
package io.clearmarket.gateway.checkout;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
