/** The conformance suite on the embedded network, and the suite itself tested with rules broken on purpose. */
@NullMarked
package io.clearmarket.network.conformance;

import org.jspecify.annotations.NullMarked;
