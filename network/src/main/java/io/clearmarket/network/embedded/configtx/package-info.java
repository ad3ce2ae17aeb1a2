/** A channel's configuration: its MSPs and policies, and how signed updates change it (Fabric's common/configtx). */
@NullMarked
package io.clearmarket.network.embedded.configtx;

import org.jspecify.annotations.NullMarked;
