/** The embedded Fabric network's public face: start it from a config, ask its addresses, issue identities, close it. */
@NullMarked
package io.clearmarket.network.embedded;

import org.jspecify.annotations.NullMarked;
