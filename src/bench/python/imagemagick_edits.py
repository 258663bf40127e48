"""Edits of known quality by ImageMagick's commands, mostly of the whole picture, on photos that the caller names.

Usage: imagemagick_edits.py PHOTOS OUTPUT [items] [seed]. PHOTOS holds the photos of Debian's mate-backgrounds (folder nature);
OUTPUT gets manifest.jsonl, truth.jsonl and images, in the form that org.diptych.reward.EditSet reads.

Photos and tools are neither ScriptedCampaign's nor those of opencv_edits.py. Requests recur, mostly in other words (all but swirl and
ripples have a like in ScriptedCampaign), and so do ways to fail with their levels (the source again, another wish, too weak, too much,
another text, a letter lost). Levels are by construction. A round inset is cut out of another of the photos. An edit is a list of
arguments of convert, a way to fail another list put before, behind or in its place. Needs imagemagick.
"""
import json
import os
import random
import subprocess
import sys

# photo, what has the colour that can be changed, one colour of it, fuzz of the match in per cent
PHOTOS = {
    "Aqua": None, "Dune": ("sky", "#8fb0d8", 22), "FreshFlower": ("petals", "#c8420f", 30), "Garden": ("flower", "#8c1408", 22),
    "GreenMeadow": ("grass", "#5cae34", 32), "LadyBird": None, "RainDrops": ("leaves", "#2f8a2c", 28), "Storm": None,
    "TwoWings": None, "YellowFlower": ("petals", "#e0a010", 30),
}
FONT = "DejaVu-Sans-Bold"
COLOURS = ["crimson", "royalblue", "gold", "hotpink", "limegreen", "chocolate", "white", "black", "orchid"]
LINES = ["Grand Opening", "Sold", "Road closed", "Chapter One", "Merci", "Wet paint", "2 for 1", "Gone fishing", "The End"]

# name: words, arguments, the same too weak, the same too strong, in which the picture is still the picture
WHOLE = {
    "charcoal": (["as a charcoal drawing", "Could you do this in charcoal?"], ["-charcoal", "2"], None, ["-charcoal", "9"]),
    "oil": (["I want an oil painting of this", "Oil paint look"], ["-paint", "4"], ["-paint", "1"], ["-paint", "14"]),
    "sepia": (["Old photograph from 1900", "Give it sepia tones"], ["-sepia-tone", "80%"], ["-modulate", "100,70"],
              ["-sepia-tone", "99%", "-brightness-contrast", "0x60"]),
    "poster": (["Reduce to a few flat colours like a poster", "Poster with flat colours"],
               ["-posterize", "4"], ["-posterize", "12"], ["-posterize", "2"]),
    "emboss": (["Looks like it is pressed into metal", "Embossed"],
               ["-colorspace", "gray", "-emboss", "2"], ["-modulate", "100,20"], ["-emboss", "12"]),
    "duotone": (["Print it in two inks, navy and cream", "Duotone navy and cream"],
                ["-colorspace", "gray", "+level-colors", "navy,cornsilk"], ["-fill", "navy", "-tint", "30"],
                ["-threshold", "45%", "+level-colors", "navy,cornsilk"]),
    "swirl": (["Twirl the middle like a whirlpool", "Swirl it"], ["-swirl", "120"], ["-swirl", "22"], ["-swirl", "500"]),
    "moon": (["Day for night", "It is midnight now"], ["-blue-shift", "1.4"], ["-brightness-contrast", "-12x0"],
             ["-brightness-contrast", "-75x0"]),
    "dots": (["Print it in halftone dots like a newspaper", "Newspaper halftone"],
             ["-colorspace", "gray", "-ordered-dither", "h6x6a"], ["-colorspace", "gray"],
             ["-colorspace", "gray", "-ordered-dither", "h16x16o"]),
    "ripples": (["As if seen through rippled glass", "Make waves run through the picture"],
                ["-background", "black", "-virtual-pixel", "mirror", "-wave", "6x48", "-gravity", "center"],
                ["-virtual-pixel", "mirror", "-wave", "1x40"], ["-virtual-pixel", "mirror", "-wave", "30x90"]),
    "dramatic": (["More drama! Hard contrast.", "punchy contrast"], ["-sigmoidal-contrast", "9x50%"], ["-sigmoidal-contrast", "2x50%"],
                 ["-sigmoidal-contrast", "60x50%"]),
    "washed": (["faded film look", "Matte and washed out, please"], ["+level", "22%,88%", "-modulate", "100,60"],
               ["+level", "4%,98%"], ["+level", "60%,90%", "-modulate", "100,20"]),
    "upside": (["Turn it upside down", "flip on its head"], ["-rotate", "180"], None, ["-rotate", "160"]),
    "speed": (["Everything rushes by sideways", "motion blur, as from a train"], ["-motion-blur", "0x12+0"], ["-motion-blur", "0x2+0"],
              ["-motion-blur", "0x60+0"]),
}


def damage(draw):
    """Ways to look bad, with what they leave of both levels: arguments behind the edit, following, quality."""
    return {
        "speckled": (["-attenuate", "%.2f" % draw.uniform(.5, .9), "+noise", "Impulse"], 4, 2),
        "large pixels": (["-scale", "20%", "-scale", "500%"], 3, 1),
        "pixels": (["-scale", "50%", "-scale", "200%"], 4, 2),
        "shaken": (["-motion-blur", "0x%d+%d" % (draw.randint(3, 4), draw.randint(0, 180))], 4, 2),
        "scattered": (["-spread", "4"], 3, 1),
        "few colours": (["+dither", "-colors", "7"], 3, 2),
        "squeezed": (["-liquid-rescale", "72x100%!", "-resize", "139x100%!"], 2, 2),
        "keystone": (["-virtual-pixel", "edge", "-distort", "Perspective", "0,0 0,0 479,0 440,30 0,299 0,299 479,299 450,280"], 3, 3),
        "barrel": (["-virtual-pixel", "edge", "-distort", "Barrel", "0.0 0.0 0.22"], 2, 3),
        "light pink cast": (["-fill", "pink", "-colorize", "14"], 3, 4),
        "cropped": (["-gravity", "northwest", "-crop", "82x82%+20+12", "+repage", "-resize", "480x"], 3, 4),
        "sandy": (["-attenuate", ".35", "+noise", "Gaussian"], 4, 3),
        "soft": (["-gaussian-blur", "0x1.3"], 4, 3),
        "strip of another": (["-region", "100%x22%+0+140", "-roll", "+90+0", "+region"], 3, 1),
        "burnt": (["-brightness-contrast", "28x30"], 3, 2),
        "signed": (["-gravity", "southeast", "-font", FONT, "-fill", "white", "-pointsize", "22", "-annotate", "+9+7", "editor v2"], 3, 3),
    }


class Maker:
    """Makes the items one by one."""

    def __init__(self, folder, output, seed):
        self.folder, self.output, self.draw = folder, output, random.Random(seed)
        self.manifest, self.truth = [], []

    def whole(self, photo):
        kind = self.draw.choice(list(WHOLE))
        words, edit, weak, strong = WHOLE[kind]
        other = WHOLE[self.draw.choice([k for k in WHOLE if k != kind])]
        own = {"too strong": (strong, 2, 2), "other wish": (other[1], 1, 4), "both": (edit + other[1], 2, 3)}
        if weak:
            own["too weak"] = (weak, 2, 4)
        return kind, self.draw.choice(words), [], edit, own

    def colour(self, photo):
        thing, near, fuzz = PHOTOS[photo]
        wanted, other = self.draw.sample(COLOURS, 2)

        def paint(colour, fuzz=fuzz):
            return ["(", "+clone", "(", "+clone", "-fill", colour, "-colorize", "70", ")",
                    "(", "-clone", "0", "-fuzz", "%d%%" % fuzz, "-fill", "white", "-opaque", near,
                    "-fuzz", "0", "-fill", "black", "+opaque", "white", "-blur", "0x2", ")", "-composite", ")",
                    "-delete", "0"]
        return "colour", self.draw.choice(["The %s should be %s.", "I prefer %s that is %s", "%s: %s instead"]) % (thing, wanted), [], \
            paint(wanted), {
                "other colour": (paint(other), 2, 4), "patchy": (paint(wanted, fuzz // 3), 2, 3),
                "spread": (["-fill", wanted, "-colorize", "60"], 2, 2), "flat": (["-fuzz", "%d%%" % fuzz, "-fill", wanted, "-opaque", near], 3, 1),
            }

    def lettering(self, photo):
        line, other = self.draw.sample(LINES, 2)
        where = self.draw.choice(["north", "south", "center"])
        ink = self.draw.choice(["white", "yellow", "black", "red"])

        def put(text, size=44, place=where):
            return ["-gravity", place, "-font", FONT, "-pointsize", str(size), "-fill", ink,
                    "-annotate", "+0+18", text]
        cut = self.draw.randrange(1, len(line) - 1)
        place = {"north": "at the top", "south": "at the bottom", "center": "in the middle"}[where]
        return "lettering", self.draw.choice(['Caption %s: "%s"', 'Title %s saying "%s"']) % (place, line), [], put(line), {
            "other text": (put(other), 1, 4), "letter lost": (put(line[:cut] + line[cut + 1:]), 2, 4),
            "elsewhere": (put(line, place="southeast" if where != "south" else "northwest"), 3, 4),
            "unreadable": (put(line, 9), 2, 3), "huge": (put(line, 170), 2, 2),
            "mirrored": (["-flop"] + put(line) + ["-flop"], 2, 2),
        }

    def inset(self, photo):
        """A round piece of another photo put into a corner, or taken out again."""
        others = self.draw.sample([p for p in PHOTOS if p not in (photo, "Aqua")], 2)
        names = {"LadyBird": "ladybird", "Dune": "reeds", "FreshFlower": "orange flower", "Garden": "marigold", "GreenMeadow": "grass",
                 "RainDrops": "wet leaf", "Storm": "stormy sky", "TwoWings": "seeds", "YellowFlower": "yellow flower"}
        x, y = self.draw.choice([(20, 20), (320, 20), (20, 150), (320, 150), (180, 90)])

        def put(name, size=130, soft=True, x=x, y=y):
            mask = ["(", "-size", "%dx%d" % (size, size), "radial-gradient:white-black", "-level", "8%,26%", ")"] if soft else []
            piece = ["(", os.path.join(self.folder, name + ".jpg"), "-resize", "%dx%d^" % (size, size), "-gravity", "center", "-extent",
                     "%dx%d" % (size, size)] + (mask + ["-alpha", "off", "-compose", "CopyOpacity", "-composite"] if soft else []) + [")"]
            return piece + ["-gravity", "northwest", "-geometry", "+%d+%d" % (x, y), "-compose", "over", "-composite"]
        if self.draw.random() < .5:
            return "inset", "Show a round %s %s" % (names[others[0]], "in it"), [], put(others[0]), {
                "another": (put(others[1]), 1, 4), "square": (put(others[0], soft=False), 3, 2), "speck": (put(others[0], 24), 2, 3),
                "over all": (put(others[0], 420, x=10, y=-60), 2, 2),
                "two": (put(others[0]) + put(others[1], x=480 - x - 130, y=60), 2, 3),
            }
        return "outset", "I do not like the %s that was put there; restore the picture" % names[others[0]], put(others[0]), ["RESTORE"], {
            "other put there": (put(others[1]), 1, 4),
            "blurred away": (["-region", "130x130+%d+%d" % (x, y), "-blur", "0x22", "+region"], 2, 2),
            "covered": (["-fill", "gray50", "-draw", "circle %d,%d %d,%d" % (x + 65, y + 65, x + 65, y)], 2, 1),
        }

    def item(self, number):
        photo = self.draw.choice(list(PHOTOS))
        makers = [self.whole, self.whole, self.whole, self.lettering, self.inset] + ([self.colour] * 2 if PHOTOS[photo] else [])
        kind, words, before, edit, own = self.draw.choice(makers)(photo)
        clean = [os.path.join(self.folder, photo + ".jpg"), "-resize", "480x300^", "-gravity", "center", "-extent", "480x300",
                 "+gravity", "+repage"]
        id = "m%03d" % number
        self.make(id + "-src", clean + before, 92)
        source = [self.path(id + "-src")]
        start = clean if edit == ["RESTORE"] else source
        edit = [] if edit == ["RESTORE"] else edit
        ways = {"done": (start + edit, 4, 4), "source": (source, 1, 4), "source again, sandy": (source + ["-attenuate", ".5", "+noise", "Gaussian"], 1, 3),
                "source, pixels": (source + ["-scale", "33%", "-scale", "300%"], 1, 2)}
        damages = damage(self.draw)
        for way, (arguments, following, quality) in damages.items():
            ways["done, " + way] = (start + edit + ["+gravity"] + arguments, following, quality)
        chosen = ["done"] if self.draw.random() < .8 else []
        chosen += self.draw.sample(list(own), min(len(own), self.draw.randint(2, 3)))
        general = [w for w in ways if w not in chosen]
        self.draw.shuffle(general)
        ways.update({way: (source + list(arguments), following, quality) for way, (arguments, following, quality) in own.items()})
        chosen = (chosen + general)[:6]
        self.draw.shuffle(chosen)
        candidates = []
        for letter, way in zip("abcdef", chosen):
            arguments, following, quality = ways[way]
            self.make(id + "-" + letter, arguments, self.draw.randint(86, 96))
            path = "images/%s-%s.jpg" % (id, letter)
            candidates.append({"model": way, "image": path})
            self.truth.append({"id": id, "image": path, "kind": way, "instruction_following": following, "visual_quality": quality})
        self.manifest.append({"id": id, "instruction": words, "concept": kind, "photo": photo, "source": "images/%s-src.jpg" % id,
                              "candidates": candidates})

    def path(self, name):
        return os.path.join(self.output, "images", name + ".jpg")

    def make(self, name, arguments, quality):
        subprocess.run(["/usr/bin/convert", "-seed", str(abs(hash_of(name))), "-limit", "thread", "1"] + arguments
                       + ["+repage", "-quality", str(quality), self.path(name)], check=True)


def hash_of(name):
    """A number of a name that is the same in every process."""
    return int.from_bytes(name.encode()[-4:], "big") % 100000


def main():
    output = sys.argv[2]
    os.makedirs(os.path.join(output, "images"), exist_ok=True)
    maker = Maker(sys.argv[1], output, int(sys.argv[4]) if len(sys.argv) > 4 else 5)
    for number in range(int(sys.argv[3]) if len(sys.argv) > 3 else 70):
        maker.item(number)
    for name, lines in (("manifest", maker.manifest), ("truth", maker.truth)):
        with open(os.path.join(output, name + ".jsonl"), "w", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)


if __name__ == "__main__":
    main()
