import static org.drools.model.DSL.declarationOf;
import static org.drools.model.DSL.on;
import static org.drools.model.PatternDSL.alphaIndexedBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import org.drools.model.Index;
import org.drools.model.PatternDSL;
import org.drools.model.PatternDSL.PatternDef;
import org.drools.model.Rule;
import org.drools.model.Variable;
import org.drools.model.functions.Predicate1;
import org.drools.model.impl.ModelImpl;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/**
 * Measures Drools on the coded rules: {@code DroolsMeasurement FOLDER SIZE [MESSAGES] [SECONDS]}.
 *
 * <p>The rules become an executable model; a rule's salience is its place, so that the first one
 * that matches fires, and no other. Prints one JSON object: nanoseconds a decision, milliseconds of
 * loading, bytes.
 */
public class DroolsMeasurement {
  private static final int WIDTH = 20;
  private static final int MOST_SAMPLES = 2_000_000;

  /** A message, and the rule that fired for it. */
  public static class Message {
    final int[] facts;
    int rule = -1;

    Message(int[] facts) {
      this.facts = facts;
    }
  }

  private final Map<String, Predicate1<Message>> predicates = new HashMap<>();
  private final Variable<Message> variable = declarationOf(Message.class);
  private KieSession session;

  public static void main(String[] words) throws IOException {
    Path folder = Path.of(words[0]);
    String size = words[1];
    int most = words.length > 2 ? Integer.parseInt(words[2]) : 20000;
    double seconds = words.length > 3 ? Double.parseDouble(words[3]) : 2;
    int[][] messages = messages(folder.resolve("codes.bin"), most);
    int[] expected =
        Files.readAllLines(folder.resolve("expected-" + size + ".txt")).stream()
            .limit(most).mapToInt(Integer::parseInt).toArray();
    List<String> rows = Files.readAllLines(folder.resolve("rows-" + size + ".txt"));

    DroolsMeasurement measurement = new DroolsMeasurement();
    long before = heap();
    long start = System.nanoTime();
    measurement.load(rows.subList(1, rows.size()), messages[0]);
    double load = (System.nanoTime() - start) / 1e6;
    long program = heap() - before;
    measurement.measure(messages, expected, seconds, load, program);
    System.exit(0);
  }

  private static int[][] messages(Path file, int count) throws IOException {
    IntBuffer codes =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    int[][] messages = new int[count][WIDTH];
    for (int[] message : messages) {
      codes.get(message);
    }
    return messages;
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Builds the session and decides one message, since the network is finished by its first use. */
  private void load(List<String> rows, int[] message) {
    ModelImpl model = new ModelImpl();
    int number = 0;
    for (String row : rows) {
      StringTokenizer words = new StringTokenizer(row);
      int rule = Integer.parseInt(words.nextToken());
      PatternDef<Message> pattern = pattern(words);
      model.addRule(
          PatternDSL.rule("row " + number++)
              .attribute(Rule.Attribute.SALIENCE, -rule)
              .build(pattern, on(variable).execute((drools, decided) -> decided.rule = rule)));
    }
    session = KieBaseBuilder.createKieBaseFromModel(model).newKieSession();
    decide(message);
  }

  private PatternDef<Message> pattern(StringTokenizer words) {
    PatternDef<Message> pattern = PatternDSL.pattern(variable);
    for (int count = Integer.parseInt(words.nextToken()); count > 0; count--) {
      int fact = Integer.parseInt(words.nextToken());
      int kind = Integer.parseInt(words.nextToken());
      long a = Long.parseLong(words.nextToken());
      int b = Integer.parseInt(words.nextToken());
      String key = fact + "," + kind + "," + a + "," + b;
      if (kind == 0 && Long.bitCount(a) == 1) {
        int value = Long.numberOfTrailingZeros(a);
        pattern =
            pattern.expr(
                key,
                predicates.computeIfAbsent(key, k -> message -> message.facts[fact] == value),
                alphaIndexedBy(
                    Integer.class, Index.ConstraintType.EQUAL, fact,
                    message -> message.facts[fact], value));
      } else {
        pattern =
            pattern.expr(
                key,
                predicates.computeIfAbsent(
                    key, k -> message -> passes(message.facts[fact], kind, a, b)));
      }
    }
    return pattern;
  }

  private static boolean passes(int value, int kind, long a, int b) {
    switch (kind) {
      case 0:
        return (a >> value & 1) != 0;
      case 1:
        return value >= a && value <= b;
      case 2:
        return (value >> a & 1) != 0;
      default:
        return (value >> a & 1) == 0;
    }
  }

  private int decide(int[] facts) {
    Message message = new Message(facts);
    FactHandle handle = session.insert(message);
    session.fireAllRules(1);
    session.delete(handle);
    return message.rule;
  }

  private void measure(
      int[][] messages, int[] expected, double seconds, double load, long program)
      throws IOException {
    int compared = 0;
    int wrong = 0;
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (compared < messages.length && System.nanoTime() < end) {
      wrong += decide(messages[compared]) == expected[compared] ? 0 : 1;
      compared++;
    }
    long[] times = new long[MOST_SAMPLES];
    int samples = 0;
    end = System.nanoTime() + (long) (seconds * 1e9);
    while (samples < MOST_SAMPLES) {
      int[] message = messages[samples % compared];
      long start = System.nanoTime();
      if (start > end) {
        break;
      }
      decide(message);
      times[samples++] = System.nanoTime() - start;
    }
    times = Arrays.copyOf(times, samples);
    Arrays.sort(times);
    System.out.printf(
        "{\"median\": %d, \"p99\": %d, \"load\": %.1f, \"program\": %d, \"peak\": %d,"
            + " \"compared\": %d, \"wrong\": %d}%n",
        times[samples / 2], times[(int) (samples * 0.99)], load, program, peak(), compared, wrong);
  }

  private static long peak() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    return 0;
  }
}
