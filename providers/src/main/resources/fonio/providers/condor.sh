#!/bin/bash
@{body}
