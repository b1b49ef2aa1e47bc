"""Testimonies: what members say, in their own words, with their consent.

A *collection* gathers *testimonies* around an *interview guide*; an *import* reads a page into testimonies that a
person reviews; *marks* tie words to *themes*; *consent* decides who may read. An empty entry is a voice not heard yet.
"""
