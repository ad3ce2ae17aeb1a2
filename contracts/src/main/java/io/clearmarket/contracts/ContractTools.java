package io.clearmarket.contracts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Foundry's native binaries, as npm installs them from the lock file of the {@code contracts} module.
 *
 * <p>npm's own {@code anvil} and {@code forge} commands are wrappers that start these as children, and a wrapper that is
 * killed leaves its child behind; so they are never used.
 *
 * @param module the {@code contracts} folder
 */
public record ContractTools(Path module) {

    /** The tools of the checkout whose root folder (where {@code ./clearmarket} is) this is. */
    public static ContractTools ofCheckout(Path root) {
        return new ContractTools(root.resolve("contracts").toAbsolutePath());
    }

    /**
     * The development chain's binary.
     *
     * @throws ToolMissingException if npm did not install it, or has none for this platform
     */
    public Path anvil() throws ToolMissingException {
        return binary("anvil");
    }

    /**
     * The Solidity build tool's binary.
     *
     * @throws ToolMissingException if npm did not install it, or has none for this platform
     */
    public Path forge() throws ToolMissingException {
        return binary("forge");
    }

    private Path binary(String tool) throws ToolMissingException {
        Path binary = module.resolve("node_modules/@foundry-rs/%s-%s/bin/%s".formatted(tool, platform(), tool));
        if (!Files.isExecutable(binary)) {
            throw new ToolMissingException(
                    "%s is missing: %s is not an executable file. Run `npm ci` in %s.".formatted(tool, binary, module));
        }
        return binary;
    }

    private static String platform() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return (system.startsWith("mac") ? "darwin" : system) + "-" + (machine.equals("aarch64") ? "arm64" : "amd64");
    }
}
