/**
 * Personal data beside the ledger: fields that records commit to, sealed under a key of each subject, disclosed one by one, and erased
 * by destroying the key.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"config"})
package io.clearmarket.gateway.privacy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
