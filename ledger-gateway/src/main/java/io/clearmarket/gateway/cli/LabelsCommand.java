package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.labels.LabelSheet;
import io.clearmarket.gateway.provenance.DigitalLink;
import io.clearmarket.gateway.provenance.Gs1Uris;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clearmarket labels}: QR codes to stick on things. */
@Command(
        name = "labels",
        mixinStandardHelpOptions = true,
        description = "Prints sheets of QR labels with GS1 Digital Links, as PDF.")
final class LabelsCommand implements Callable<Integer> {
    private static final Pattern WEB = Pattern.compile("https?://[^/]+(/.*)");

    @Parameters(paramLabel = "LINK", description = "Digital Link URIs or paths (/01/{gtin}/21/{serial}), or EPC URNs.")
    private List<String> given = List.of();

    @Option(names = "--file", paramLabel = "FILE", description = "More of them, one a line.")
    private @Nullable Path file;

    @Option(
            names = "--base",
            converter = Checked.Web.class,
            paramLabel = "URL",
            defaultValue = "https://id.gs1.org",
            description = "Where a scan leads: your gateway's or resolver's address (default ${DEFAULT-VALUE}).")
    private URI base = URI.create("https://id.gs1.org");

    @Option(names = "--paper", defaultValue = "A4", description = "A4 or letter (default ${DEFAULT-VALUE}).")
    private LabelSheet.Paper paper = LabelSheet.Paper.A4;

    @Option(
            names = "--columns",
            defaultValue = "3",
            description = "Labels beside each other (default ${DEFAULT-VALUE}).")
    private int columns;

    @Option(names = "--rows", defaultValue = "8", description = "Labels below each other (default ${DEFAULT-VALUE}).")
    private int rows;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The PDF to write.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        if (out == null || columns < 1 || rows < 1 || columns > 20 || rows > 30) {
            System.err.println("clearmarket: columns are 1 to 20 and rows 1 to 30");
            return 2;
        }
        Path target = Main.fromUser(out);
        try {
            List<DigitalLink> links = links();
            if (links.isEmpty()) {
                System.err.println("clearmarket: name at least one link, as LINK or in --file");
                return 2;
            }
            try (OutputStream stream = Files.newOutputStream(target)) {
                new LabelSheet(paper, columns, rows).write(base.toString().replaceAll("/+$", ""), links, stream);
            }
            System.out.println(links.size() + " labels in " + target);
            return 0;
        } catch (IOException e) {
            System.err.println("clearmarket: " + Main.reason(e));
        } catch (DigitalLink.Invalid e) {
            System.err.println("clearmarket: " + e.getMessage());
        }
        return 1;
    }

    private List<DigitalLink> links() throws IOException {
        List<String> all = new ArrayList<>(given);
        if (file != null) {
            Files.readAllLines(Main.fromUser(file)).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .forEach(all::add);
        }
        return all.stream().map(LabelsCommand::link).toList();
    }

    private static DigitalLink link(String text) {
        Matcher web = WEB.matcher(text.startsWith("urn:") ? Gs1Uris.canonical(text) : text);
        return DigitalLink.parse(web.matches() ? web.group(1) : text);
    }
}
