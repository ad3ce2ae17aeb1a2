/** An organisation's certificate authority for development: issues what Fabric's own CA would. */
@NullMarked
package io.clearmarket.wallet.ca;

import org.jspecify.annotations.NullMarked;
